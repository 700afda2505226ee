// What a shell command line is cut into.

export interface Word {
  /** without quotes; what a variable or a substitution gives is kept as written */
  readonly value: string;
  /** where it begins in the command's `text` */
  readonly at: number;
  /** a `*`, `?` or `[` outside quotes, or braces that stand for several words */
  readonly glob: boolean;
}

export interface Redirect {
  readonly operator: string;
  readonly target: string;
  readonly glob: boolean;
}

export interface SimpleCommand {
  /** as written, without redirections and what stands around it */
  readonly text: string;
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** inside a substitution: `$(...)`, backticks, `<(...)` */
  readonly nested: boolean;
}

export interface CommandLine {
  readonly commands: readonly SimpleCommand[];
  /** false where the line cannot be taken apart for certain: an open quote, an operator without a command behind it, a loop or a condition, too long */
  readonly sound: boolean;
  /** false where there was too much of it: what it runs beside `commands` is not known */
  readonly complete: boolean;
}
