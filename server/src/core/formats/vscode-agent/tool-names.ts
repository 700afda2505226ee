// Names of tools as agent files write them, as patterns over `server/tool`. VS Code's own tools are on the server `vscode`.

/** VS Code's tool sets; each stands for all of its tools. */
const SETS: ReadonlySet<string> = new Set(['read', 'search', 'edit', 'execute', 'web', 'agent', 'browser', 'vscode']);

/** Other words for a tool set, in any case: Copilot's own, and those of Claude Code that it takes. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['shell', 'execute'], ['bash', 'execute'], ['powershell', 'execute'], ['notebookread', 'read'], ['multiedit', 'edit'], ['write', 'edit'], ['notebookedit', 'edit'],
  ['grep', 'search'], ['glob', 'search'], ['custom-agent', 'agent'], ['task', 'agent'], ['websearch', 'web'], ['webfetch', 'web'],
]);

/** Tools without a set, and names that VS Code has since moved or split; it still takes them. */
const MOVED: ReadonlyMap<string, readonly string[]> = new Map([
  ['todo', ['todo']], ['todos', ['todo']], ['todowrite', ['todo']],
  ['codebase', ['search/codebase']], ['usages', ['search/usages']], ['changes', ['search/changes']], ['searchResults', ['search/searchResults']],
  ['textSearch', ['search/textSearch']], ['fileSearch', ['search/fileSearch']], ['listDirectory', ['search/listDirectory']], ['findTestFiles', ['search/findTestFiles']],
  ['readFile', ['read/readFile']], ['search/readFile', ['read/readFile']], ['problems', ['read/problems']],
  ['terminalLastCommand', ['read/terminalLastCommand']], ['terminalSelection', ['read/terminalSelection']],
  ['editFiles', ['edit/editFiles']], ['createFile', ['edit/createFile']], ['createDirectory', ['edit/createDirectory']], ['editNotebook', ['edit/editNotebook']],
  ['newJupyterNotebook', ['edit/createJupyterNotebook']],
  ['fetch', ['web/fetch']], ['githubRepo', ['web/githubRepo']], ['githubTextSearch', ['web/githubTextSearch']],
  ['runInTerminal', ['execute/runInTerminal']], ['getTerminalOutput', ['execute/getTerminalOutput']], ['runTests', ['execute/runTests']], ['testFailure', ['execute/testFailure']],
  ['runSubagent', ['agent/runSubagent']],
  ['extensions', ['vscode/extensions']], ['vscodeAPI', ['vscode/vscodeAPI']], ['openSimpleBrowser', ['vscode/openSimpleBrowser']], ['newWorkspace', ['vscode/newWorkspace']],
  ['runCommands', ['execute/runInTerminal', 'execute/getTerminalOutput', 'read/terminalLastCommand', 'read/terminalSelection']],
  ['runCommands/runInTerminal', ['execute/runInTerminal']], ['runCommands/getTerminalOutput', ['execute/getTerminalOutput']],
  ['runCommands/terminalLastCommand', ['read/terminalLastCommand']], ['runCommands/terminalSelection', ['read/terminalSelection']],
  ['runTasks', ['execute/createAndRunTask', 'execute/runTask', 'read/getTaskOutput']],
  ['runTasks/createAndRunTask', ['execute/createAndRunTask']], ['runTasks/runTask', ['execute/runTask']], ['runTasks/getTaskOutput', ['read/getTaskOutput']],
  ['runNotebooks', ['execute/runNotebookCell', 'read/getNotebookSummary', 'read/readNotebookCellOutput']],
  ['runNotebooks/runCell', ['execute/runNotebookCell']], ['runNotebooks/getNotebookSummary', ['read/getNotebookSummary']],
  ['runNotebooks/readNotebookCellOutput', ['read/readNotebookCellOutput']],
  ['new', ['vscode/newWorkspace', 'vscode/getProjectSetupInfo', 'vscode/installExtension', 'vscode/runCommand']],
  ['new/newWorkspace', ['vscode/newWorkspace']], ['new/getProjectSetupInfo', ['vscode/getProjectSetupInfo']],
  ['new/installExtension', ['vscode/installExtension']], ['new/runVscodeCommand', ['vscode/runCommand']],
]);

/** Tools by the last part of their name, which is what settings call them. */
const BARE: ReadonlyMap<string, string> = new Map([...MOVED.values()].flat().map((tool): [string, string] => [tool.slice(tool.lastIndexOf('/') + 1), tool]));

/** Servers that go by several names. */
const SERVERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:io\.github\.)?github\/)?github-mcp-server\//, 'github/'],
  [/^(?:com\.)?microsoft\/playwright-mcp\//, 'playwright/'],
];

/** Every name that VS Code has, or had, for a tool or a tool set of its own. */
export const ownNames = (): readonly string[] => [...SETS, ...ALIASES.keys(), ...MOVED.keys()];

export interface ToolPatterns {
  readonly patterns: readonly string[];
  readonly unresolved: boolean;
}

/** What a name in `tools` stands for. `servers`: the names of the servers that the same file configures. */
export function toolPatterns(name: string, servers: ReadonlySet<string>): ToolPatterns {
  const known = (patterns: readonly string[]): ToolPatterns => ({ patterns, unresolved: false });
  if (name.startsWith('!')) return { patterns: [`vscode/${name}`], unresolved: true }; // at the head of a pattern it would exclude
  if (name === '*') return known(['*']);
  if (servers.has(name)) return known([`${name}/*`]);
  const slash = name.lastIndexOf('/');
  if (slash > 0 && servers.has(name.slice(0, slash))) return known([name]);
  const moved = MOVED.get(name) ?? MOVED.get(name.toLowerCase());
  if (moved) return known(moved.map((tool) => `vscode/${tool}`));
  const lower = name.toLowerCase();
  const set = ALIASES.get(lower) ?? (SETS.has(lower) ? lower : null);
  if (set) return known([`vscode/${set}/*`]);
  const bare = BARE.get(name);
  if (bare !== undefined) return known([`vscode/${bare}`]);
  const claude = /^mcp__([^_](?:.*?[^_])?)__(.+)$/.exec(name);
  if (claude) return known([`${claude[1] ?? ''}/${claude[2] ?? ''}`]);
  const first = name.slice(0, Math.max(0, name.indexOf('/')));
  if (SETS.has(first)) return known([`vscode/${name}`]);
  for (const [prefix, server] of SERVERS) if (prefix.test(name)) return known([name.replace(prefix, server)]);
  if (slash > 0) return known([name]);
  return { patterns: [`vscode/${name}`], unresolved: true };
}
