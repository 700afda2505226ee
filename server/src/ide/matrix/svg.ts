// The matrix as a picture for documents: it needs no font of ours, no script, and no colour to be understood.
import type { MatrixAgent, MatrixColumn, MatrixLetter } from '../../protocol';

const CELL = 20;
const NAMES = 240;
const HEADS = 190;
const GROUP = 20;
const MARGIN = 16;
const LEGEND = 28;

/** Drawn in a box of 16 by 16. */
const SHAPES: Readonly<Record<MatrixLetter, { readonly words: string; readonly fill: string; readonly stroke: string; readonly path: string }>> = {
  a: { words: 'allowed', fill: '#dff3e4', stroke: '#17672f', path: 'M3.5 8.5l3 3 6-7' },
  r: { words: 'needs approval', fill: '#fdf0cf', stroke: '#7a5200', path: 'M8 2.5L14 13H2zM8 6v3.5M8 11.2v.2' },
  d: { words: 'denied', fill: '#fbe0e0', stroke: '#a1181d', path: 'M4 4l8 8M12 4l-8 8' },
  u: { words: 'cannot tell', fill: '#e6e8eb', stroke: '#3d4650', path: 'M5 5.5a3 3 0 1 1 4.4 2.6C8.4 8.7 8 9.2 8 10.2M8 12.8v.2' },
  p: { words: 'the arguments decide', fill: '#e2ecfb', stroke: '#0b4a9e', path: 'M5 5.5a3 3 0 1 1 4.4 2.6C8.4 8.7 8 9.2 8 10.2M8 12.8v.2' },
  n: { words: 'not declared, so denied', fill: 'none', stroke: '#8a939c', path: 'M7.5 8h1' },
};

export interface SvgOptions {
  readonly title: string;
  readonly agents: readonly MatrixAgent[];
  readonly columns: readonly MatrixColumn[];
  /** a text with a letter for each column, for each agent */
  readonly cells: readonly string[];
}

export function matrixSvg({ title, agents, columns, cells }: SvgOptions): string {
  const top = MARGIN + 24 + GROUP + HEADS;
  const rows = placeRows(agents, top);
  const width = Math.max(2 * MARGIN + NAMES + columns.length * CELL, 860);
  const bottom = (rows.at(-1)?.y ?? top) + CELL;
  const height = bottom + LEGEND + MARGIN;
  const left = MARGIN + NAMES;
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xml(title)}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${xml(title)}</title>`,
    `<defs>${Object.entries(SHAPES).map(([letter, { fill, stroke, path }]) => `<g id="${letter}"><rect x="1" y="1" width="${CELL - 2}" height="${CELL - 2}" rx="2" fill="${fill}"${letter === 'u' ? ` stroke="${stroke}" stroke-dasharray="2 2"` : ''}/><path transform="translate(2 2)" d="${path}" fill="none" stroke="${stroke}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></g>`).join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 12}" font-size="15" font-weight="600" fill="#1b1f24">${xml(title)}</text>`,
  ];
  for (const { group, from, to } of groupsOf(columns)) {
    const x = left + from * CELL;
    const span = (to - from) * CELL;
    parts.push(`<path d="M${x + 1} ${top - HEADS - 3}h${span - 2}" stroke="#8a939c"/>`, `<text x="${x + 2}" y="${top - HEADS - 7}" fill="#3d4650">${xml(fitted(group, span / 7))}<title>${xml(group)}</title></text>`);
  }
  columns.forEach(({ name, action, resource }, index) => {
    const x = left + index * CELL + CELL / 2 + 4;
    parts.push(`<text transform="translate(${x} ${top - 5}) rotate(-90)" fill="#1b1f24">${xml(fitted(name, 27))}<title>${xml(`${action} ${resource}`)}</title></text>`);
  });
  for (const row of rows) {
    if (row.index === null) {
      parts.push(`<text x="${MARGIN}" y="${row.y + 14}" font-weight="600" fill="#3d4650">${xml(fitted(row.label, 34))}</text>`, `<path d="M${MARGIN} ${row.y + CELL - 1}H${left + columns.length * CELL}" stroke="#d0d7de"/>`);
      continue;
    }
    parts.push(`<text x="${MARGIN + 8}" y="${row.y + 14}" fill="#1b1f24">${xml(fitted(row.label, 34))}<title>${xml(row.label)}</title></text>`);
    const letters = cells[row.index] ?? '';
    for (let place = 0; place < letters.length; place++) parts.push(`<use href="#${letters[place]}" x="${left + place * CELL}" y="${row.y}"/>`);
  }
  let x = MARGIN;
  for (const [letter, { words }] of Object.entries(SHAPES)) {
    parts.push(`<use href="#${letter}" x="${x}" y="${bottom + 6}"/>`, `<text x="${x + CELL + 4}" y="${bottom + 20}" fill="#1b1f24">${words}</text>`);
    x += CELL + 20 + words.length * 6.4;
  }
  return `${parts.join('\n')}\n</svg>\n`;
}

interface Row {
  readonly label: string;
  readonly y: number;
  /** null for the line of an owner */
  readonly index: number | null;
}

function placeRows(agents: readonly MatrixAgent[], top: number): readonly Row[] {
  const rows: Row[] = [];
  let y = top;
  agents.forEach(({ id, owner }, index) => {
    if (index === 0 || agents[index - 1]?.owner !== owner) {
      rows.push({ label: owner ?? '(no owner)', y, index: null });
      y += CELL;
    }
    rows.push({ label: id, y, index });
    y += CELL;
  });
  return rows;
}

/** Runs of columns of one group. */
function groupsOf(columns: readonly MatrixColumn[]): readonly { readonly group: string; readonly from: number; readonly to: number }[] {
  const starts = columns.flatMap((column, index) => (index === 0 || columns[index - 1]?.group !== column.group || columns[index - 1]?.action !== column.action ? [index] : []));
  return starts.map((from, place) => ({ group: columns[from]?.group ?? '', from, to: starts[place + 1] ?? columns.length }));
}

const fitted = (text: string, letters: number): string => (text.length <= letters ? text : `${text.slice(0, Math.max(1, Math.floor(letters) - 1))}…`);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that XML cannot hold are shown as unknown ones. */
const xml = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
