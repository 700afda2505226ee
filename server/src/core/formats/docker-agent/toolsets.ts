// The tools of the toolsets that are built in, so that `tools:` and permissions can be understood.
// Names as the toolsets' reference of Docker's documentation has them (2026-03).

export const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['filesystem', ['create_directory', 'directory_tree', 'edit_file', 'list_directory', 'read_file', 'read_multiple_files', 'search_files_content', 'write_file']],
  ['shell', ['shell', 'run_background_job', 'list_background_jobs', 'view_background_job', 'stop_background_job']],
  ['think', ['think']],
  ['todo', ['create_todo', 'create_todos', 'update_todos', 'list_todos']],
  ['memory', ['add_memory', 'get_memories', 'delete_memory']],
  ['fetch', ['fetch']],
  ['user_prompt', ['user_prompt']],
]);

/** The server that built-in tools are named under: `docker-agent/shell`. */
export const SERVER = 'docker-agent';

/** Built-in tools that only read, which run without a question where no pattern says otherwise. */
export const READ_ONLY: readonly string[] = [
  'read_file', 'read_multiple_files', 'list_directory', 'directory_tree', 'search_files_content', 'think', 'create_todo', 'create_todos', 'update_todos', 'list_todos', 'get_memories', 'fetch', 'list_background_jobs', 'view_background_job', 'user_prompt',
  // handing work on is no change of its own
  'transfer_task', 'handoff', 'search_files',
];

/** Tools that run a command line. */
export const COMMANDS: ReadonlySet<string> = new Set([`${SERVER}/shell`, `${SERVER}/run_background_job`]);
