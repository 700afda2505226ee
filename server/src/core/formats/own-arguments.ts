// What tools that come with other products are called with, as far as permissions ask for it.

/** Arguments by name: whether the tool is never called without it. All are texts. */
export type OwnArguments = ReadonlyMap<string, 'required' | 'optional'>;

const args = (required: string, ...optional: readonly string[]): OwnArguments => new Map([[required, 'required'], ...optional.map((name): [string, 'optional'] => [name, 'optional'])]);

const OWN: ReadonlyMap<string, OwnArguments> = new Map([
  ['tool:claude/Bash', args('command')],
  ['tool:claude/Read', args('file_path')],
  ['tool:claude/Edit', args('file_path')],
  ['tool:claude/MultiEdit', args('file_path')],
  ['tool:claude/Write', args('file_path')],
  ['tool:claude/NotebookEdit', args('notebook_path')],
  ['tool:claude/NotebookRead', args('notebook_path')],
  ['tool:claude/Grep', new Map([['path', 'optional']])],
  ['tool:claude/Glob', new Map([['path', 'optional']])],
  ['tool:claude/LS', args('path')],
  ['tool:gemini/run_shell_command', args('command')],
]);

/** Of the tool `type:id` of another product; null where they are not known. Others than these no permission asks for. */
export const ownArguments = (resource: string): OwnArguments | null => OWN.get(resource) ?? null;
