// The grid: only what is in view, and a margin around it, is in the page, so that hundreds of rows and columns scroll as one.
import type { MatrixLetter } from '../../../server/src/protocol';
import { el } from '../dom';
import { createHeads } from './heads';
import { CELL, COLUMN, ROW, type Block } from './layout';
import type { Shown } from './model';
import { GLYPH, WORDS } from './words';

/** A cell by places among the rows and columns that are shown. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface GridOptions {
  readonly letter: (row: number, column: number) => MatrixLetter | null;
  /** the block of rows and columns in the page is another, or what it shows is asked anew */
  readonly needs: (block: Block) => void;
  readonly chosen: (spot: Spot) => void;
  readonly agent: (row: number) => void;
  /** the mouse rests on, or the keys went to a cell; null: on none any more */
  readonly pointed: (spot: Spot | null, by: 'mouse' | 'keys') => void;
}

export interface Grid {
  readonly element: HTMLElement;
  /** Other rows or columns. */
  show(shown: Shown): void;
  /** Other letters. */
  paint(): void;
  block(): Block;
  /** the cell that the keys are at */
  active(): Spot | null;
  activate(spot: Spot | null): void;
  place(): { readonly top: number; readonly left: number };
  scrollTo(top: number, left: number): void;
  box(spot: Spot): DOMRect | null;
}

const MARGIN_ROWS = 8;
const MARGIN_COLUMNS = 8;

interface Line {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly cells: Map<number, HTMLElement>;
}

export function createGrid(options: GridOptions): Grid {
  const canvas = el('div', { class: 'canvas', role: 'presentation' });
  const element = el('div', { class: 'grid', role: 'grid', tabindex: '0', 'aria-label': 'What agents may do', 'aria-readonly': 'true' }, canvas);
  const heads = createHeads();
  canvas.append(heads.element);
  const lines = new Map<number, Line>();
  let shown: Shown = { rows: [], columns: [], groups: [], agents: 0 };
  let block: Block = { top: 0, bottom: 0, left: 0, right: 0 };
  let active: Spot | null = null;
  let over: Spot | null = null;
  let scheduled = false;

  const inView = (): Block => {
    const { names, height } = heads.size();
    const top = Math.floor(element.scrollTop / ROW);
    const left = Math.floor(element.scrollLeft / COLUMN);
    return { top, bottom: Math.ceil((element.scrollTop + element.clientHeight - height) / ROW), left, right: Math.ceil((element.scrollLeft + element.clientWidth - names) / COLUMN) };
  };
  const wanted = (view: Block): Block => ({
    top: Math.max(0, view.top - MARGIN_ROWS), bottom: Math.min(shown.rows.length, view.bottom + MARGIN_ROWS),
    left: Math.max(0, view.left - MARGIN_COLUMNS), right: Math.min(shown.columns.length, view.right + MARGIN_COLUMNS),
  });
  const covered = (view: Block): boolean =>
    view.top >= block.top && view.left >= block.left && Math.min(view.bottom, shown.rows.length) <= block.bottom && Math.min(view.right, shown.columns.length) <= block.right;

  function draw(anew: boolean): void {
    const view = inView();
    if (!anew && covered(view)) return;
    block = wanted(view);
    for (const [row, line] of lines) {
      if (row >= block.top && row < block.bottom) continue;
      line.element.remove();
      lines.delete(row);
    }
    for (let row = block.top; row < block.bottom; row++) fill(row);
    heads.draw(shown, block);
    mark();
    options.needs(block);
  }

  function fill(row: number): void {
    let line = lines.get(row);
    if (!line) {
      line = newLine(row);
      lines.set(row, line);
      canvas.append(line.element);
    }
    const model = shown.rows[row];
    if (model?.kind !== 'agent') return;
    for (const [column, cell] of line.cells) {
      if (column >= block.left && column < block.right) continue;
      cell.remove();
      line.cells.delete(column);
    }
    for (let column = block.left; column < block.right; column++) {
      if (line.cells.has(column)) continue;
      const cell = el('div', { class: 'square', role: 'gridcell', 'aria-colindex': String(column + 2) });
      cell.style.left = `${column * COLUMN}px`;
      line.cells.set(column, cell);
      paintCell(cell, model.index, column);
      line.element.append(cell);
    }
  }

  function newLine(row: number): Line {
    const model = shown.rows[row];
    const owner = model?.kind === 'owner';
    const label = model?.kind === 'owner' ? `${model.label} (${model.count})` : (model?.agent.id ?? '');
    const name = el('div', { class: 'name', role: 'rowheader', title: model?.kind === 'agent' ? [label, model.agent.lifecycle].filter(Boolean).join(' · ') : label, 'aria-colspan': owner ? String(shown.columns.length + 1) : undefined }, el('span', {}, label));
    const line = el('div', { class: owner ? 'line owner' : 'line', role: 'row', 'aria-rowindex': String(row + 2) }, name);
    line.style.top = `${heads.size().height + row * ROW}px`;
    line.dataset.row = String(row);
    return { element: line, name, cells: new Map() };
  }

  function paintCell(cell: HTMLElement, index: number, column: number): void {
    const head = shown.columns[column];
    const letter = head ? options.letter(index, head.index) : null;
    if (cell.dataset.letter === (letter ?? '')) return;
    cell.dataset.letter = letter ?? '';
    cell.textContent = letter ? GLYPH[letter] : '';
    cell.setAttribute('aria-label', letter ? WORDS[letter] : 'not known yet');
  }

  /** The cell of the keys and the heads that it belongs to. */
  function mark(): void {
    const spot = over ?? active;
    for (const old of canvas.querySelectorAll('.active, .lit')) old.classList.remove('active', 'lit');
    canvas.querySelector('#active')?.removeAttribute('id');
    const cell = active && lines.get(active.row)?.cells.get(active.column);
    if (cell) {
      cell.id = 'active';
      cell.classList.add('active');
      element.setAttribute('aria-activedescendant', 'active');
    } else element.removeAttribute('aria-activedescendant');
    if (!spot) return;
    lines.get(spot.row)?.name.classList.add('lit');
    heads.light(spot.column);
  }

  function reveal({ row, column }: Spot): void {
    const { names, height } = heads.size();
    const [high, wide] = [element.clientHeight - height, element.clientWidth - names];
    const [y, x] = [row * ROW, column * COLUMN];
    if (y < element.scrollTop + (row > 0 ? ROW : 0)) element.scrollTop = Math.max(0, y - ROW);
    else if (y + ROW > element.scrollTop + high) element.scrollTop = y + ROW - high;
    if (x < element.scrollLeft) element.scrollLeft = x;
    else if (x + COLUMN > element.scrollLeft + wide) element.scrollLeft = x + COLUMN - wide;
  }

  function activate(spot: Spot | null): void {
    active = spot;
    if (spot) {
      reveal(spot);
      draw(false);
    }
    mark();
  }

  /** The next row that is an agent's, in a direction; the row itself where there is none. */
  function agentRow(from: number, step: 1 | -1): number {
    for (let row = from; row >= 0 && row < shown.rows.length; row += step) if (shown.rows[row]?.kind === 'agent') return row;
    return -1;
  }

  function key(event: KeyboardEvent): void {
    if (shown.agents === 0 || shown.columns.length === 0 || event.altKey) return;
    const from = active ?? { row: agentRow(0, 1), column: 0 };
    const page = Math.max(1, Math.floor((element.clientHeight - heads.size().height) / ROW) - 1);
    const [last, end] = [shown.rows.length - 1, shown.columns.length - 1];
    const far = event.ctrlKey || event.metaKey;
    const rowTo = (row: number, step: 1 | -1): Spot => {
      const found = agentRow(Math.max(0, Math.min(last, row)), step);
      return { row: found >= 0 ? found : agentRow(Math.max(0, Math.min(last, row)), step === 1 ? -1 : 1), column: from.column };
    };
    const columnTo = (column: number): Spot => ({ row: from.row, column: Math.max(0, Math.min(end, column)) });
    const moves: Readonly<Record<string, () => Spot>> = {
      ArrowDown: () => rowTo(far ? last : from.row + 1, far ? -1 : 1), ArrowUp: () => rowTo(far ? 0 : from.row - 1, far ? 1 : -1),
      ArrowRight: () => columnTo(far ? end : from.column + 1), ArrowLeft: () => columnTo(far ? 0 : from.column - 1),
      PageDown: () => rowTo(from.row + page, 1), PageUp: () => rowTo(from.row - page, -1),
      Home: () => (far ? { ...rowTo(0, 1), column: 0 } : columnTo(0)), End: () => (far ? { ...rowTo(last, -1), column: end } : columnTo(end)),
    };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!active) return;
      return event.shiftKey ? options.agent(active.row) : options.chosen(active);
    }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    // the first key shows where one is
    activate(active ? move() : from);
    options.pointed(active, 'keys');
  }

  const spotOf = (target: EventTarget | null): Spot | null => {
    if (!(target instanceof HTMLElement) || !target.classList.contains('square')) return null;
    const row = Number(target.closest<HTMLElement>('.line')?.dataset.row);
    return { row, column: Number(target.getAttribute('aria-colindex')) - 2 };
  };
  element.addEventListener('keydown', key);
  element.addEventListener('focus', () => {
    if (!active && element.matches(':focus-visible') && shown.agents > 0 && shown.columns.length > 0) {
      activate({ row: agentRow(0, 1), column: 0 });
      options.pointed(active, 'keys');
    }
  });
  element.addEventListener('blur', () => options.pointed(null, 'keys'));
  element.addEventListener('scroll', () => {
    options.pointed(null, 'mouse');
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw(false);
    });
  });
  element.addEventListener('click', (event) => {
    const spot = spotOf(event.target);
    if (spot) {
      activate(spot);
      return options.chosen(spot);
    }
    const line = event.target instanceof HTMLElement && event.target.closest('.name') ? event.target.closest<HTMLElement>('.line:not(.owner)') : null;
    if (line) options.agent(Number(line.dataset.row));
  });
  const hover = (spot: Spot | null): void => {
    if (spot?.row === over?.row && spot?.column === over?.column) return;
    over = spot;
    mark();
    options.pointed(spot, 'mouse');
  };
  element.addEventListener('mousemove', (event) => hover(spotOf(event.target)));
  element.addEventListener('mouseleave', () => hover(null));
  new ResizeObserver(() => {
    if (heads.resize(element.clientWidth)) layout();
    draw(true);
  }).observe(element);

  function layout(): void {
    const { names, height } = heads.size();
    canvas.style.width = `${names + shown.columns.length * COLUMN + CELL}px`;
    canvas.style.height = `${height + shown.rows.length * ROW}px`;
    element.style.setProperty('--names', `${names}px`);
    for (const [row, line] of lines) line.element.style.top = `${height + row * ROW}px`;
  }

  return {
    element,
    show(next) {
      const at = active && { row: shown.rows[active.row], column: shown.columns[active.column] };
      shown = next;
      for (const line of lines.values()) line.element.remove();
      lines.clear();
      element.setAttribute('aria-rowcount', String(shown.rows.length + 1));
      element.setAttribute('aria-colcount', String(shown.columns.length + 1));
      // the cell of the keys stays the same agent and resource
      if (at) {
        const row = shown.rows.findIndex((one) => one.kind === 'agent' && at.row?.kind === 'agent' && one.agent.id === at.row.agent.id);
        const column = shown.columns.findIndex(({ head }) => head.action === at.column?.head.action && head.resource === at.column.head.resource);
        active = row >= 0 && column >= 0 ? { row, column } : null;
      }
      over = null;
      layout();
      draw(true);
    },
    paint() {
      for (const [row, line] of lines) {
        const model = shown.rows[row];
        if (model?.kind === 'agent') for (const [column, cell] of line.cells) paintCell(cell, model.index, column);
      }
    },
    block: () => block,
    active: () => active,
    activate,
    place: () => ({ top: element.scrollTop, left: element.scrollLeft }),
    scrollTo(top, left) {
      element.scrollTo({ top, left });
      draw(false);
    },
    box: ({ row, column }) => lines.get(row)?.cells.get(column)?.getBoundingClientRect() ?? null,
  };
}
