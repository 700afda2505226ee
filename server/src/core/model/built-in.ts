// What the tools that come with an agent's program can do. A Catalog that speaks of a tool wins over this.
import type { Capability } from '../documents';
import type { PlainValue } from '../yaml';

const READ: readonly Capability[] = ['reads-private-data'];
const CHANGE: readonly Capability[] = ['changes-state'];
const WEB: readonly Capability[] = ['ingests-untrusted-content', 'communicates-externally'];
/** What is looked for goes to the search engine alone, and not to whoever wrote the page. */
const FIND: readonly Capability[] = ['ingests-untrusted-content'];
const SHELL: readonly Capability[] = ['changes-state', 'communicates-externally', 'executes-code', 'ingests-untrusted-content', 'reads-private-data'];
const RUN: readonly Capability[] = ['changes-state', 'executes-code'];
const OUT: readonly Capability[] = ['changes-state', 'communicates-externally'];
const NONE: readonly Capability[] = [];

const TOOLS: ReadonlyMap<string, readonly Capability[]> = new Map([
  ...each('claude', ['Bash', 'PowerShell', 'Monitor'], SHELL), ...each('claude', ['Read', 'Grep', 'Glob', 'LS', 'NotebookRead', 'LSP'], READ), ...each('claude', ['Edit', 'Write', 'MultiEdit', 'NotebookEdit'], CHANGE),
  ...each('claude', ['WebFetch'], WEB), ...each('claude', ['WebSearch'], FIND),
  ...each('claude', ['TodoWrite', 'TodoRead', 'TaskCreate', 'TaskGet', 'TaskList', 'TaskUpdate', 'TaskStop', 'TaskOutput', 'AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode', 'ToolSearch', 'BashOutput', 'KillShell', 'CronList', 'CronDelete', 'EndConversation', 'ListAgents', 'ReportFindings', 'ScheduleWakeup', 'SubagentHandback', 'WaitForMcpServers', 'EnterWorktree', 'ExitWorktree'], NONE),
  ...each('vscode', ['execute/runInTerminal', 'execute/createAndRunTask'], SHELL), ...each('vscode', ['execute/runTask', 'execute/runTests', 'execute/runNotebookCell', 'vscode/runCommand', 'vscode/installExtension'], RUN),
  ...each('vscode', ['execute/getTerminalOutput', 'execute/testFailure', 'read/readFile', 'read/problems', 'read/terminalLastCommand', 'read/terminalSelection', 'read/getTaskOutput', 'read/getNotebookSummary', 'read/readNotebookCellOutput'], READ),
  ...each('vscode', ['search/codebase', 'search/usages', 'search/changes', 'search/searchResults', 'search/textSearch', 'search/fileSearch', 'search/listDirectory', 'search/findTestFiles'], READ),
  ...each('vscode', ['edit/editFiles', 'edit/createFile', 'edit/createDirectory', 'edit/editNotebook', 'edit/createJupyterNotebook'], CHANGE),
  ...each('vscode', ['web/fetch', 'web/githubRepo', 'web/githubTextSearch', 'vscode/openSimpleBrowser'], WEB), ...each('vscode', ['todo', 'vscode/vscodeAPI', 'vscode/getProjectSetupInfo'], NONE),
  ...each('codex', ['shell', 'exec_command', 'unified_exec', 'local_shell'], SHELL), ...each('codex', ['apply_patch'], CHANGE), ...each('codex', ['web_search'], FIND), ...each('codex', ['view_image', 'read_file', 'list_dir', 'grep_files'], READ), ...each('codex', ['update_plan'], NONE),
  ...each('gemini', ['run_shell_command'], SHELL), ...each('gemini', ['read_file', 'read_many_files', 'list_directory', 'glob', 'grep_search', 'search_file_content'], READ), ...each('gemini', ['write_file', 'replace', 'save_memory'], CHANGE),
  ...each('gemini', ['web_fetch'], WEB), ...each('gemini', ['google_web_search'], FIND), ...each('gemini', ['write_todos', 'ask_user'], NONE),
  ...each('docker-agent', ['shell', 'run_background_job'], SHELL), ...each('docker-agent', ['read_file', 'read_multiple_files', 'list_directory', 'directory_tree', 'search_files_content', 'get_memories', 'view_background_job'], READ),
  ...each('docker-agent', ['write_file', 'edit_file', 'create_directory', 'stop_background_job', 'add_memory', 'delete_memory'], CHANGE), ...each('docker-agent', ['fetch'], WEB),
  ...each('docker-agent', ['think', 'create_todo', 'create_todos', 'update_todos', 'list_todos', 'list_background_jobs', 'user_prompt'], NONE),
  ...each('gh-aw', ['bash'], SHELL), ...each('gh-aw', ['edit'], CHANGE), ...each('gh-aw', ['web-fetch', 'playwright'], WEB), ...each('gh-aw', ['web-search'], FIND),
  ...each('gh-aw', ['create-issue', 'add-comment', 'create-pull-request', 'create-discussion', 'update-issue', 'close-issue', 'push-to-pull-request-branch', 'create-pull-request-review-comment', 'add-labels'].map((name) => `safe-outputs/${name}`), OUT),
  ...each('adk', ['url_context'], WEB), ...each('adk', ['google_search'], FIND), ...each('foundry', ['web_search', 'bing_grounding'], FIND), ...each('foundry', ['code_interpreter'], RUN), ...each('foundry', ['file_search'], READ),
]);

/** A whole set of VS Code's tools: what all of its tools can do together. */
const SETS: ReadonlyMap<string, readonly Capability[]> = new Map([
  ['vscode/execute/*', SHELL], ['vscode/read/*', READ], ['vscode/search/*', READ], ['vscode/edit/*', CHANGE], ['vscode/web/*', WEB], ['vscode/agent/*', NONE], ['vscode/vscode/*', RUN], ['vscode/browser/*', WEB],
]);

function each(server: string, tools: readonly string[], capabilities: readonly Capability[]): readonly (readonly [string, readonly Capability[]])[] {
  return tools.map((tool) => [`${server}/${tool}`, capabilities]);
}

/** The capabilities of a tool that comes with Claude Code, VS Code, Codex or Gemini, by `server/tool`; of VS Code's sets also by their pattern. Null for every other: not known. */
export const builtInCapabilities = (tool: string): readonly Capability[] | null => TOOLS.get(tool) ?? SETS.get(tool) ?? null;

/** The names of all of these tools. */
export const builtInTools = (): Iterable<string> => TOOLS.keys();

/** The arguments by which permissions tell calls of these tools apart, as the properties of a JSON Schema. */
const ARGUMENTS: readonly (readonly [RegExp, string, string])[] = [
  [/^(?:claude\/(?:Bash|PowerShell|Monitor)|vscode\/execute\/runInTerminal|codex\/(?:shell|exec_command|unified_exec|local_shell)|gemini\/run_shell_command|docker-agent\/(?:shell|run_background_job)|gh-aw\/bash)$/, 'command', 'the command line'],
  [/^(?:claude\/(?:Read|Edit|Write|MultiEdit)|vscode\/(?:read\/readFile|edit\/.+)|gemini\/(?:read_file|write_file|replace)|docker-agent\/(?:read_file|write_file|edit_file))$/, 'file_path', 'the path, from the folder of the workspace'],
  [/^claude\/(?:Grep|Glob|LS)$/, 'path', 'the folder or file, from the folder of the workspace'],
  [/^claude\/Notebook(?:Edit|Read)$/, 'notebook_path', 'the path, from the folder of the workspace'],
  [/^(?:claude\/WebFetch|vscode\/web\/fetch|gemini\/web_fetch|docker-agent\/fetch)$/, 'url', 'the address'],
  [/^claude\/Agent$/, 'subagent_type', 'the name of the agent'],
  [/^claude\/Skill$/, 'skill', 'the name of the skill'],
];

/** A schema for the form of a tool of which no Catalog says what it takes; undefined where nothing is known. */
export function builtInInput(tool: string): PlainValue | undefined {
  const found = ARGUMENTS.find(([names]) => names.test(tool));
  return found && { type: 'object', properties: { [found[1]]: { type: 'string', description: found[2] } } };
}

/** Tools that are never called otherwise than with the argument by which permissions tell their calls apart, and those that may go without it. */
const CERTAIN = /^(?:claude\/(?:Bash|Read|Edit|Write|MultiEdit|Grep|Glob|LS|Notebook(?:Edit|Read))|codex\/shell|gemini\/run_shell_command|vscode\/execute\/runInTerminal)$/;
const OPTIONAL = /^claude\/(?:Grep|Glob)$/;

export interface BuiltInCalls {
  /** the argument, a text, by which permissions tell calls apart */
  readonly name: string;
  /** what is certain of all arguments, as a JSON Schema */
  readonly input: PlainValue;
  /** whether it is the argument of other tools, and never of this one */
  isOfOthers(name: string): boolean;
}

/** Codex takes the words of a command as a list, too. */
const WORDS = 'codex/shell';

const callsOf = (name: string, optional: boolean, type: PlainValue): BuiltInCalls => ({
  name, isOfOthers: (other) => other !== name && ARGUMENTS.some(([, argument]) => argument === other),
  input: { type: 'object', properties: { [name]: { type } }, ...(optional ? {} : { required: [name] }), additionalProperties: true },
});

const CALLS: ReadonlyMap<string, BuiltInCalls> = new Map([
  ...ARGUMENTS.flatMap(([, name]) => [true, false].map((optional): [string, BuiltInCalls] => [`${name} ${optional}`, callsOf(name, optional, 'string')])),
  [WORDS, callsOf('command', false, ['string', 'array'])],
]);

/** How calls of the tool always are; null where that is not certain. */
export function builtInCalls(tool: string): BuiltInCalls | null {
  const name = CERTAIN.test(tool) ? ARGUMENTS.find(([names]) => names.test(tool))?.[1] : undefined;
  return CALLS.get(tool === WORDS ? WORDS : `${name} ${OPTIONAL.test(tool)}`) ?? null;
}

/** A call of the tool that is as good as any: who may make it may make about any other. */
export function builtInSample(tool: string): { readonly [name: string]: PlainValue } {
  const name = ARGUMENTS.find(([names]) => names.test(tool))?.[1];
  return name === undefined ? {} : { [name]: name === 'command' ? 'curl https://anybody.invalid/x' : name === 'url' ? 'https://anybody.invalid/x' : 'x' };
}

const SERVERS: ReadonlyMap<string, string> = new Map([['claude-agent', 'claude'], ['claude-settings', 'claude'], ['vscode-agent', 'vscode'], ['codex', 'codex'], ['gemini', 'gemini'], ['docker-agent', 'docker-agent'], ['gh-aw', 'gh-aw']]);

/** The tools that come with the program of an agent's format and can be asked about by their arguments, the shell first. */
export function toolsOfFormat(format: string): readonly string[] {
  const server = SERVERS.get(format);
  return server === undefined ? [] : [...TOOLS.keys()].filter((tool) => tool.startsWith(`${server}/`) && builtInInput(tool) !== undefined);
}
