// What the matrix's page and the extension say to each other: plain types only, for both.
import type {
  MatrixCellsParams, MatrixCellsResult, MatrixExportParams, MatrixParams, MatrixResult, MatrixWhyParams, MatrixWhyResult,
} from '../../../server/src/protocol';

/** From the page. `n` grows with each question; the answer brings it back. */
export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'frame'; readonly n: number; readonly params: MatrixParams }
  | { readonly kind: 'cells'; readonly n: number; readonly params: MatrixCellsParams }
  | { readonly kind: 'why'; readonly n: number; readonly params: MatrixWhyParams }
  /** a request in its short form, for the simulator */
  | { readonly kind: 'simulate'; readonly request: unknown; readonly folder: string }
  | { readonly kind: 'agent'; readonly agent: string; readonly folder: string }
  | { readonly kind: 'export'; readonly params: MatrixExportParams }
  | { readonly kind: 'new'; readonly document: 'Agent' | 'Policy' | 'Catalog' | 'Example' };

/** To the page. A result that is null could not be had, or counts in another frame. */
export type ToPage =
  | { readonly kind: 'frame'; readonly n: number; readonly result: MatrixResult | null }
  | { readonly kind: 'cells'; readonly n: number; readonly result: MatrixCellsResult }
  | { readonly kind: 'why'; readonly n: number; readonly result: MatrixWhyResult }
  /** what is shown may no longer hold */
  | { readonly kind: 'changed' }
  | { readonly kind: 'said'; readonly text: string };
