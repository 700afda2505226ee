// The streams and surroundings of one run, so that tests run the whole command line in process.

export interface Sink {
  write(text: string): void;
}

export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** true when stdout is a terminal */
  readonly isTTY: boolean;
  /** true when stderr is a terminal */
  readonly isErrorTTY: boolean;
  /** width of the terminal */
  readonly columns: number;
}

/** Wrong use, or a workspace that cannot be read: one line on stderr, exit code 2. */
export class UsageError extends Error {}
