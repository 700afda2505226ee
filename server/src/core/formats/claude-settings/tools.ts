// What Claude Code's own tools are, as far as permissions tell them apart.

/** The server under which its own tools stand. */
export const SERVER = 'claude';

/** Tools that read files, and the argument that says which. */
export const READERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Read', ['file_path']], ['Grep', ['path', 'file_path']], ['Glob', ['path', 'file_path']], ['LS', ['path', 'file_path']], ['NotebookRead', ['notebook_path', 'file_path']],
]);

/** Tools that change files. */
export const EDITORS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Edit', ['file_path']], ['Write', ['file_path']], ['MultiEdit', ['file_path']], ['NotebookEdit', ['notebook_path', 'file_path']],
]);

/** Path rules written for these are taken and never looked at; the tool that they are looked at under. */
export const UNCONSULTED: ReadonlyMap<string, 'Edit' | 'Read'> = new Map([['Write', 'Edit'], ['MultiEdit', 'Edit'], ['NotebookEdit', 'Edit'], ['Glob', 'Read']]);

/** What a rule cannot name as `Tool(parameter:value)`: the tool's main argument. */
export const PRIMARY: ReadonlyMap<string, string> = new Map([
  ['Bash', 'command'], ['PowerShell', 'command'], ['Read', 'file_path'], ['Edit', 'file_path'], ['Write', 'file_path'], ['Grep', 'path'], ['Glob', 'path'], ['NotebookEdit', 'notebook_path'], ['WebFetch', 'url'],
]);

/** Parameters of tools whose rules have a form of their own. */
export const PARAMETERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Bash', new Set(['command', 'run_in_background', 'timeout', 'description', 'dangerouslyDisableSandbox'])],
  ['PowerShell', new Set(['command', 'run_in_background', 'timeout', 'description'])],
  ['Agent', new Set(['model', 'isolation', 'subagent_type', 'run_in_background', 'description', 'prompt', 'name', 'resume', 'max_turns', 'mode'])],
  ['Read', new Set(['file_path', 'offset', 'limit', 'pages'])],
  ['Edit', new Set(['file_path', 'old_string', 'new_string', 'replace_all'])],
  ['WebFetch', new Set(['url', 'prompt'])],
  ['Skill', new Set(['skill', 'args'])],
]);

/** Old names that still work. */
export const ALIASES: ReadonlyMap<string, string> = new Map([['Task', 'Agent'], ['KillBash', 'KillShell']]);

/** Tools that run without being asked for. */
export const FREE: readonly string[] = [
  'Agent', 'AskUserQuestion', 'BashOutput', 'CronCreate', 'CronDelete', 'CronList', 'EndConversation', 'EnterPlanMode', 'ExitWorktree', 'KillShell', 'ListAgents', 'ListMcpResourcesTool', 'LSP',
  'PushNotification', 'ReadMcpResourceTool', 'RemoteTrigger', 'ReportFindings', 'ScheduleWakeup', 'SendFeedback', 'SendMessage', 'SendUserFile', 'SubagentHandback', 'TaskCreate', 'TaskGet', 'TaskList',
  'TaskOutput', 'TaskStop', 'TaskUpdate', 'TodoRead', 'TodoWrite', 'ToolSearch', 'WaitForMcpServers',
];

/** Tools that ask first. */
export const ASKING: readonly string[] = [
  'Artifact', 'Bash', 'Cd', 'Edit', 'EnterWorktree', 'ExitPlanMode', 'Monitor', 'MultiEdit', 'NotebookEdit', 'PowerShell', 'ShareOnboardingGuide', 'Skill', 'SlashCommand', 'WebFetch', 'WebSearch', 'Workflow', 'Write',
];

/** Every name that Claude Code has, or had, for a tool of its own. */
export const KNOWN: ReadonlySet<string> = new Set([...READERS.keys(), ...EDITORS.keys(), ...FREE, ...ASKING, ...ALIASES.keys()]);

/** Tools that a subagent is never given. */
export const NOT_FOR_SUBAGENTS: ReadonlySet<string> = new Set(['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode', 'TaskOutput', 'Workflow']);

/** How sessions can begin. */
export const MODES: readonly string[] = ['default', 'acceptEdits', 'auto', 'dontAsk', 'bypassPermissions', 'plan', 'manual'];
