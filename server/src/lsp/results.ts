// What the checks gave, file by file, with sums that are kept: whoever shows them asks at every keystroke.
import type { Finding } from '../core/lint';

export type Counts = Readonly<Record<Finding['severity'], number>>;

/** What a check of a file gave, as far as it is remembered. */
export interface Result {
  /** equal for equal diagnostics; empty for none */
  readonly digest: string;
  readonly counts: Counts;
  /** the file is one of ours, or of a tool that is known */
  readonly counted: boolean;
}

export interface Sums extends Counts {
  /** files that are counted */
  readonly files: number;
}

export class Results {
  readonly #byPath = new Map<string, Result>();
  readonly #sums = { files: 0, error: 0, warning: 0, information: 0, hint: 0 };

  get sums(): Sums {
    return this.#sums;
  }

  get(path: string): Result | undefined {
    return this.#byPath.get(path);
  }

  set(path: string, result: Result): void {
    this.#count(this.#byPath.get(path), -1);
    this.#count(result, 1);
    this.#byPath.set(path, result);
  }

  delete(path: string): void {
    this.#count(this.#byPath.get(path), -1);
    this.#byPath.delete(path);
  }

  paths(): string[] {
    return [...this.#byPath.keys()];
  }

  #count(result: Result | undefined, by: 1 | -1): void {
    if (!result) return;
    if (result.counted) this.#sums.files += by;
    for (const severity of ['error', 'warning', 'information', 'hint'] as const) this.#sums[severity] += by * result.counts[severity];
  }
}
