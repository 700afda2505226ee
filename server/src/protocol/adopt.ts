// Manifests for agents that have none.

/** Request: the files that would be written for the agents that no manifest governs. */
export const ADOPT = 'countersign/adopt';
export interface AdoptParams {
  /** URI of the workspace folder; absent: the only one, or the last */
  readonly folder?: string;
  /** ids; absent: all */
  readonly agents?: readonly string[];
}
export interface AdoptResult {
  /** URI of the folder */
  readonly folder: string;
  /** those that have no manifest */
  readonly agents: readonly { readonly id: string; readonly format: string; readonly file: string }[];
  readonly files: readonly { readonly path: string; readonly text: string; readonly gaps: readonly string[] }[];
}
