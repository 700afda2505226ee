// The matrix: rows and columns, cells, why, and as a file.
import type { MatrixOptions } from '../../core/policy';
import type { Workspace } from '../../core/workspace';
import { MATRIX_LETTERS, type MatrixLetter } from '../../protocol';
import { matrixCells } from './cells';
import { matrixCsv } from './csv';
import { matrixFrame } from './frame';
import { matrixSvg } from './svg';

export { cellWords, matrixCells, matrixWhy, type CellWhy } from './cells';
export { matrixCsv, type CsvRow } from './csv';
export { matrixFrame, matrixPlaces, type FrameOf } from './frame';
export { matrixSvg, type SvgOptions } from './svg';

/** A file with more helps nobody, and takes long. */
const MAX_CELLS = 1_000_000;

/** These rows and columns of the frame as a file; null for more than one can look at. */
export function matrixExport(workspace: Workspace, as: 'csv' | 'svg', agents: readonly number[], columns: readonly number[], options: MatrixOptions): string | null {
  if (agents.length * columns.length > MAX_CELLS) return null;
  const frame = matrixFrame(workspace);
  const rows = agents.flatMap((place) => frame.rows[place] ?? []);
  const heads = columns.flatMap((place) => frame.heads[place] ?? []);
  const cells = matrixCells(workspace, agents.filter((place) => frame.rows[place]), columns, options);
  if (as === 'svg') return matrixSvg({ title: titleOf(options), agents: rows, columns: heads, cells });
  const effects = (letters: string): string[] => [...letters].map((letter) => (letter === 'n' ? 'deny' : MATRIX_LETTERS[letter as MatrixLetter]));
  return matrixCsv(heads, rows.map(({ id, owner }, index) => ({ agent: id, owner, effects: effects(cells[index] ?? '') })));
}

function titleOf({ environment, args }: MatrixOptions): string {
  const given = args === null ? '' : `, arguments ${JSON.stringify(args).slice(0, 80)}`;
  return `What agents may do in ${environment ?? 'no named environment'}${given}`;
}
