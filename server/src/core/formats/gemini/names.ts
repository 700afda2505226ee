// How Gemini's rules and settings call tools, as patterns over `server/tool`.

/** The server that built-in tools are named under. */
export const SERVER = 'gemini';

/** Tools of servers, whatever their server. */
export const OF_SERVERS: readonly string[] = ['*/*', `!${SERVER}/*`];

/** Names of before, and those of the classes, which settings may still use. */
const OLD: ReadonlyMap<string, string> = new Map([
  ['ShellTool', 'run_shell_command'], ['ReadFileTool', 'read_file'], ['ReadManyFilesTool', 'read_many_files'], ['WriteFileTool', 'write_file'], ['EditTool', 'replace'], ['LSTool', 'list_directory'],
  ['GlobTool', 'glob'], ['GrepTool', 'grep_search'], ['search_file_content', 'grep_search'], ['WebFetchTool', 'web_fetch'], ['WebSearchTool', 'google_web_search'], ['MemoryTool', 'save_memory'],
]);

/** `*` is every tool, `mcp_server_tool` and the older `server__tool` are a server's; the rest is built in. */
export function toolPatterns(name: string): readonly string[] {
  if (name === '*') return ['*'];
  if (name === 'mcp_*') return OF_SERVERS;
  // the server ends at the first underscore
  const parts = /^mcp_([^_]+)_(.+)$/.exec(name) ?? /^(.+?)__(.+)$/.exec(name);
  if (parts) return parts[1] === '*' ? [`*/${parts[2] ?? ''}`, `!${SERVER}/*`] : [`${parts[1] ?? ''}/${parts[2] ?? ''}`];
  const now = OLD.get(name);
  return now === undefined ? [`${SERVER}/${name}`, ...(name === 'grep_search' ? [`${SERVER}/search_file_content`] : [])] : [`${SERVER}/${now}`, ...(/^[a-z]/.test(name) ? [`${SERVER}/${name}`] : [])];
}

/** The one pattern by which an agent's list names a tool. */
export const toolName = (name: string): string => (/^[A-Z]|^search_file_content$/.test(name) ? `${SERVER}/${name}` : (toolPatterns(name)[0] ?? name));

/** As resources of a rule. */
export const resourcesOf = (patterns: readonly string[]): readonly string[] => patterns.map((pattern) => (pattern.startsWith('!') ? `!tool:${pattern.slice(1)}` : `tool:${pattern}`));
