// The matrix's page: every agent against every resource. The server decides each cell; this shows what is in view, and asks for it.
import { MATRIX_LETTERS, type MatrixCellsParams, type MatrixFrame, type MatrixLetter, type MatrixWhyParams } from '../../../server/src/protocol';
import { newestWins } from '../channel';
import { button, el } from '../dom';
import { createCells } from './cells';
import { createGrid, type Spot } from './grid';
import { load, receive, save, send } from './host';
import { shownOf, type Shown } from './model';
import { createTip } from './tip';
import { createToolbar, type Question } from './toolbar';
import { GLYPH, WORDS } from './words';

interface Kept {
  readonly question: Question;
  readonly top: number;
  readonly left: number;
  /** agent, action and resource */
  readonly active: readonly [string, string, string] | null;
}

const before = load() as Partial<Kept> | undefined;
const question: Question = { action: '', args: '', agents: '', columns: '', ...before?.question };
let frame: MatrixFrame | null = null;
let digest = '';
let shown: Shown = { rows: [], columns: [], groups: [], agents: 0 };
/** null: not known; undefined: what is typed is no map yet */
let args: { readonly [name: string]: unknown } | null | undefined = argumentsOf(question.args);
/** the scroll of a page that was hidden, until there is something to scroll */
let scrollTo = before?.top !== undefined ? { top: before.top, left: before.left ?? 0 } : null;
let activeKey = before?.active ?? null;
let pointed: { readonly spot: Spot; readonly by: 'mouse' | 'keys' } | null = null;
let resting: ReturnType<typeof setTimeout> | undefined;

const cells = createCells();
const tip = createTip();
const toolbar = createToolbar({ question, folder: () => reframe(), asked: () => ask(), filtered: () => filter(), save: (as) => exportAs(as) });
const grid = createGrid({ letter: cells.letter, needs: () => fetching.ask(), chosen: simulate, agent: openAgent, pointed: point });
const reading = (): HTMLElement => el('p', {}, 'Reading the workspace.');
// until the first answer nothing is known
const empty = el('div', { class: 'empty' }, reading());
const note = el('p', { class: 'note', hidden: true });
const legend = el('ul', { class: 'legend', 'aria-label': 'Legend' }, ...(Object.keys(MATRIX_LETTERS) as MatrixLetter[]).map((letter) => el('li', {}, el('span', { class: 'square', 'data-letter': letter, 'aria-hidden': 'true' }, GLYPH[letter]), ` ${WORDS[letter]}`)));
const body = el('div', { class: 'body', hidden: true }, toolbar.element, note, grid.element, legend);
document.getElementById('matrix')?.append(el('h1', { class: 'aloud' }, 'Matrix'), empty, body, tip.element, tip.spoken);

const environment = (): string => question.environment ?? frame?.proposed ?? '';
const asking = (): Pick<MatrixCellsParams, 'folder' | 'frame' | 'environment' | 'args'> => ({ folder: frame?.folder ?? '', frame: frame?.id ?? '', environment: environment(), args: args ?? null });

const framing = newestWins((n) => {
  send({ kind: 'frame', n, params: { folder: question.folder, known: digest } });
  return true;
});
/** what the question on its way asks for */
let wanted: { readonly agents: readonly number[]; readonly columns: readonly number[]; readonly time: number } | null = null;
/** cells could not be had, so the frame was asked for */
let failed = false;
const fetching = newestWins((n) => {
  if (!frame || args === undefined) return false;
  const { top, bottom, left, right } = grid.block();
  const columns = shown.columns.slice(left, right).map(({ index }) => index);
  const agents = shown.rows.slice(top, bottom).flatMap((row) => (row.kind === 'agent' && columns.some((column) => !cells.fresh(row.index, column)) ? [row.index] : []));
  if (agents.length === 0 || columns.length === 0) return false;
  wanted = { agents, columns, time: cells.time() };
  send({ kind: 'cells', n, params: { ...asking(), agents, columns } });
  return true;
});
const explaining = newestWins((n) => {
  const at = pointed && placesOf(pointed.spot);
  if (!at || !frame || args === undefined) return false;
  send({ kind: 'why', n, params: { ...asking(), agent: at.agent, column: at.column } satisfies MatrixWhyParams });
  return true;
});

/** The folder is another. */
function reframe(): void {
  digest = '';
  framing.ask();
  keep();
}

/** What is asked of every cell is another. */
function ask(): void {
  args = argumentsOf(question.args);
  toolbar.argsError(args === undefined ? 'This must be a JSON object, such as {"amount": 900}.' : null);
  document.body.classList.toggle('old', args === undefined);
  toolbar.said('');
  renew();
  keep();
}

/** The letters are old; those in view are asked for. */
function renew(): void {
  cells.age();
  tip.hide();
  fetching.ask();
}

function filter(): void {
  toolbar.said('');
  refresh();
  grid.scrollTo(0, 0);
  keep();
}

function refresh(): void {
  if (!frame) return;
  shown = shownOf(frame, question);
  grid.show(shown);
  const part = (some: number, all: number, word: string): string => `${some === all ? all : `${some} of ${all}`} ${word}${all === 1 ? '' : 's'}`;
  toolbar.counts(`${part(shown.agents, frame.agents.length, 'agent')}, ${part(shown.columns.length, frame.columns.length, 'resource')}`);
  grid.element.hidden = shown.agents === 0 || shown.columns.length === 0;
  showNote(frame);
}

/** What one should know before one reads the grid, and what to do about it. */
function showNote({ policies, reading, incomplete }: MatrixFrame): void {
  const nothing = shown.agents === 0 || shown.columns.length === 0;
  note.hidden = !nothing && policies > 0 && !reading && incomplete.length === 0;
  if (nothing) {
    note.replaceChildren(`No ${shown.agents === 0 ? 'agent' : 'resource'} matches the filters. `, button('Clear the filters', () => {
      Object.assign(question, { agents: '', columns: '', action: '' });
      if (frame) toolbar.show(question, frame);
      filter();
      toolbar.filter.focus();
    }, { class: 'secondary' }));
  } else if (reading) note.replaceChildren('The workspace is still being read: this may change.');
  else if (incomplete.length > 0) note.replaceChildren(`Incomplete: ${incomplete.join('; ').replaceAll('`', '')}. The cells hold for what can be read; the Problems view says what to mend.`);
  else note.replaceChildren('Nothing is allowed: there is no policy yet. ', button('New policy', () => send({ kind: 'new', document: 'Policy' }), { class: 'secondary' }));
}

function showFrame(next: MatrixFrame): void {
  const other = frame?.id !== next.id || frame.folder !== next.folder;
  if (frame && frame.folder !== next.folder) cells.clear();
  frame = next;
  question.folder = next.folder ?? undefined;
  const none = next.agents.length === 0 || next.columns.length === 0;
  body.hidden = none;
  empty.hidden = !none;
  if (none) return showEmpty(next);
  toolbar.show(question, next);
  if (other) {
    cells.follow(next);
    refresh();
  } else showNote(next);
  if (scrollTo) grid.scrollTo(scrollTo.top, scrollTo.left);
  scrollTo = null;
  if (activeKey) {
    const [id, action, resource] = activeKey;
    const row = shown.rows.findIndex((one) => one.kind === 'agent' && one.agent.id === id);
    const column = shown.columns.findIndex(({ head }) => head.action === action && head.resource === resource);
    if (row >= 0 && column >= 0) grid.activate({ row, column });
  }
  activeKey = null;
}

function showEmpty({ reading: isReading, agents }: MatrixFrame): void {
  if (isReading) empty.replaceChildren(reading());
  else if (agents.length === 0) {
    empty.replaceChildren(
      el('p', {}, 'No agents here yet. Countersign reads agent files of 19 formats and its own.'),
      button('New agent', () => send({ kind: 'new', document: 'Agent' })),
      button('Open the example', () => send({ kind: 'new', document: 'Example' }), { class: 'secondary' }),
    );
  } else {
    empty.replaceChildren(
      el('p', {}, 'There is nothing here that an agent could use: no agent names a tool, data, a model or a channel, and no Catalog declares any.'),
      button('New Catalog', () => send({ kind: 'new', document: 'Catalog' })),
    );
  }
}

function placesOf({ row, column }: Spot): { readonly agent: number; readonly column: number; readonly id: string; readonly words: string } | null {
  const [one, head] = [shown.rows[row], shown.columns[column]];
  return one?.kind === 'agent' && head ? { agent: one.index, column: head.index, id: one.agent.id, words: `${one.agent.id} · ${head.head.action} ${head.head.resource.slice(head.head.resource.indexOf(':') + 1)}` } : null;
}

function point(spot: Spot | null, by: 'mouse' | 'keys'): void {
  // the mouse that leaves, and the scrolling that keys cause, do not end what the keys brought
  if (!spot && by === 'mouse' && pointed?.by === 'keys' && document.activeElement === grid.element) return;
  clearTimeout(resting);
  if (!spot) {
    pointed = null;
    return tip.hide();
  }
  pointed = { spot, by };
  tip.hide();
  resting = setTimeout(() => explaining.ask(), by === 'mouse' ? 60 : 120);
  if (by === 'keys') keep();
}

function simulate(spot: Spot): void {
  const at = placesOf(spot);
  const head = shown.columns[spot.column]?.head;
  if (!at || !head || !frame?.folder) return;
  const deploys = head.action === 'deploy';
  const request = {
    agent: at.id, action: head.action, resource: head.resource,
    ...(environment() === '' || deploys ? {} : { environment: environment() }), ...(head.action === 'call' && args && Object.keys(args).length > 0 ? { args } : {}),
  };
  send({ kind: 'simulate', request, folder: frame.folder });
  keep();
}

function openAgent(row: number): void {
  const one = shown.rows[row];
  if (one?.kind === 'agent' && frame?.folder) send({ kind: 'agent', agent: one.agent.id, folder: frame.folder });
}

function exportAs(as: 'csv' | 'svg'): void {
  if (!frame || args === undefined) return;
  const agents = shown.rows.flatMap((row) => (row.kind === 'agent' ? [row.index] : []));
  send({ kind: 'export', params: { ...asking(), agents, columns: shown.columns.map(({ index }) => index), as } });
}

function keep(): void {
  const at = grid.active();
  const one = at && shown.rows[at.row];
  const head = at && shown.columns[at.column]?.head;
  const active = one?.kind === 'agent' && head ? ([one.agent.id, head.action, head.resource] as const) : null;
  save({ question, ...(scrollTo ?? grid.place()), active } satisfies Kept);
}

function argumentsOf(text: string): { readonly [name: string]: unknown } | null | undefined {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

receive((message) => {
  switch (message.kind) {
    case 'frame': {
      if (!framing.answered(message.n)) return;
      if (message.result === null) return frame ? undefined : empty.replaceChildren(el('p', {}, 'The Countersign server does not answer. Its item in the status bar says why.'));
      ({ digest } = message.result);
      if (message.result.frame) showFrame(message.result.frame);
      else if (failed) return;
      renew();
      return;
    }
    case 'cells': {
      const asked = wanted;
      if (message.result && asked) for (const [at, letters] of message.result.entries()) cells.put(asked.agents[at] ?? -1, asked.columns, letters, asked.time);
      grid.paint();
      fetching.answered(message.n);
      failed = message.result === null;
      // the frame is another by now, or the server does not answer
      if (failed) framing.ask();
      else fetching.ask();
      return;
    }
    case 'why': {
      if (!explaining.answered(message.n) || !message.result || !pointed) return;
      const box = grid.box(pointed.spot);
      const at = placesOf(pointed.spot);
      if (!box || !at) return;
      tip.show(at.words, message.result.line, box);
      if (pointed.by === 'keys') tip.speak(`${at.words}: ${message.result.line}`);
      return;
    }
    case 'changed':
      framing.ask();
      return;
    case 'said':
      toolbar.said(message.text);
  }
});

grid.element.addEventListener('scroll', () => {
  clearTimeout(settling);
  settling = setTimeout(keep, 200);
});
let settling: ReturnType<typeof setTimeout> | undefined;
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') tip.hide();
  if (event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    toolbar.filter.focus();
  }
});

send({ kind: 'ready' });
framing.ask();
