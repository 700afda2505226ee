// What a command gets, and how one is added: a file here, a line in `index.ts`.
import type { Command, OptionValues } from 'commander';
import type { Workspace } from '../../core/workspace';
import type { Host } from '../host';
import type { Io } from '../io';
import type { Loaded } from '../load';
import type { Progress } from '../terminal/progress';

export interface Context {
  readonly io: Io;
  readonly host: Host;
  readonly version: string;
  readonly colour: boolean;
  /** the workspace folder, absolute */
  root(): Promise<string>;
  /** the workspace, read; what was left out is named on stderr. `like`: another state of it, read before */
  load(progress?: Progress, like?: Workspace): Promise<Loaded>;
  /** a bar on stderr where that is a terminal */
  progress(): Progress;
}

/** An action gives the exit code. */
export type Action<Options> = (context: Context, args: readonly string[], options: Options) => Promise<number>;

/** Adds a command to the program. `run` wraps its action. */
export type AddCommand = (program: Command, run: Run) => void;
export type Run = <Options extends OptionValues>(action: Action<Options>) => (...given: unknown[]) => Promise<void>;
