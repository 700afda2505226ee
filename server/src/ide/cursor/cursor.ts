// What place the cursor is at: which value or key is being written, also in text that does not parse yet.
import type { Span } from '../../core/text';
import type { MapNode, Node, PathStep, SeqNode } from '../../core/yaml';

export interface Cursor {
  /** `open`: a value that may still become a map, a list or a text; it stands on a line of its own */
  readonly at: 'key' | 'value' | 'open';
  /** of the map for a key, else of the value; list indices are not those of the file, since far items are left out */
  readonly path: readonly PathStep[];
  /** the document as far as it matters; the text at the cursor is in it */
  readonly root: Node | null;
  /** the map that the key goes into, without what is being typed; for a value the map that holds it */
  readonly map: MapNode | null;
  /** the list that the value is an item of, without the item */
  readonly list: SeqNode | null;
  /** decoded: before and after the cursor */
  readonly typed: string;
  readonly rest: string;
  /** the scalar in the file, quotes included; empty where nothing is written */
  readonly whole: Span;
  /** between the quotes; the same without quotes */
  readonly inner: Span;
  readonly quote: '"' | "'" | null;
  /** false for a quote that is not closed yet */
  readonly closed: boolean;
  readonly style: 'block' | 'flow' | 'json';
  /** the column in which the keys of the map stand or would stand; of a list item its dash's */
  readonly column: number;
  /** what must stand before the inserted text: a blank behind a colon, a dash */
  readonly lead: string;
  /** a colon follows the key */
  readonly colon: boolean;
  readonly eol: string;
}
