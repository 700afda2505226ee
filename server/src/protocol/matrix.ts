// The matrix: every agent against every resource, for an environment and arguments. Cells are asked for as they come into view.

/** Notification, server to client: what the matrix shows may no longer hold. Sent once it asked for something, at most once a frame. */
export const MATRIX_CHANGED = 'countersign/matrix/changed';

/** Request: rows and columns. */
export const MATRIX = 'countersign/matrix';
export interface MatrixParams {
  /** URI of the folder; absent: the first with agents */
  readonly folder?: string;
  /** the digest of the frame that the client has; the same is not sent again */
  readonly known?: string;
}
export interface MatrixResult {
  readonly digest: string;
  readonly frame: MatrixFrame | null;
}
export interface MatrixFrame {
  /** of rows and columns: what cells are asked for with */
  readonly id: string;
  /** true until all files were read once */
  readonly reading: boolean;
  /** those that have agents, and the one that is shown */
  readonly folders: readonly { readonly uri: string; readonly agents: number }[];
  readonly folder: string | null;
  /** by owner, then by name */
  readonly agents: readonly MatrixAgent[];
  /** by action, then by group */
  readonly columns: readonly MatrixColumn[];
  readonly environments: readonly { readonly name: string; readonly detail: string }[];
  /** the environment that most questions are about; empty: none */
  readonly proposed: string;
  /** what decides: the policies together, and each set of another tool's permissions; with none nothing is allowed */
  readonly policies: number;
  /** what of them cannot be read: cells hold for the rest alone */
  readonly incomplete: readonly string[];
}
export interface MatrixAgent {
  readonly id: string;
  readonly owner: string | null;
  readonly lifecycle: string | null;
}
export interface MatrixColumn {
  readonly action: string;
  /** `type:id` */
  readonly resource: string;
  /** the resource without type and group */
  readonly name: string;
  /** a tool's server, else what is done with what: `read data` */
  readonly group: string;
}

/** What is asked of every cell. */
export interface MatrixQuestion {
  readonly folder: string;
  /** `id` of the frame that rows and columns are counted in */
  readonly frame: string;
  /** empty: none */
  readonly environment: string;
  /** null: they are not known, and may decide */
  readonly args: { readonly [name: string]: unknown } | null;
}

/** Request: cells. */
export const MATRIX_CELLS = 'countersign/matrix/cells';
export interface MatrixCellsParams extends MatrixQuestion {
  /** places in the lists of the frame */
  readonly agents: readonly number[];
  readonly columns: readonly number[];
}
/** For each agent that was asked for a text with a letter for each column; null where the frame is another by now. */
export type MatrixCellsResult = readonly string[] | null;

/** What a cell says, by its letter. */
export const MATRIX_LETTERS = { a: 'allow', r: 'require_approval', d: 'deny', u: 'unknown', p: 'depends', n: 'undeclared' } as const;
export type MatrixLetter = keyof typeof MATRIX_LETTERS;

/** Request: why a cell is as it is; null where the frame is another by now. */
export const MATRIX_WHY = 'countersign/matrix/why';
export interface MatrixWhyParams extends MatrixQuestion {
  readonly agent: number;
  readonly column: number;
}
/** `line`: plain words; `request`: the cell as the simulator takes it. */
export type MatrixWhyResult = { readonly line: string; readonly letter: MatrixLetter; readonly request: unknown } | null;

/** Request: a table as text for another program; null where the frame is another by now, or it is too large. */
export const MATRIX_EXPORT = 'countersign/matrix/export';
export interface MatrixExportParams extends MatrixCellsParams {
  readonly as: 'csv' | 'svg';
}
export type MatrixExportResult = string | null;

/** Request: where an agent of the frame is described. */
export const MATRIX_PLACE = 'countersign/matrix/place';
export interface MatrixPlaceParams {
  readonly folder: string;
  readonly agent: string;
}
