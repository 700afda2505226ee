// Sizes of the grid, in pixels; the style sheet has the same.
export const ROW = 24;
export const COLUMN = 26;
/** room after the last column, so that it can be scrolled clear of the edge */
export const CELL = 12;
export const GROUP = 24;
export const LABELS = 132;

/** Rows and columns that are in the page: places among those shown, the ends exclusive. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The names take a third, but can always be told apart. */
export const namesWidth = (width: number): number => Math.round(Math.max(88, Math.min(220, width * 0.34)));
