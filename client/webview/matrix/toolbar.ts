// What is asked of every cell, and what is shown of them.
import type { MatrixFrame } from '../../../server/src/protocol';
import { line, pick, row } from '../controls';
import { button, el, setText } from '../dom';

export interface Question {
  folder?: string;
  /** empty: none; undefined: the server proposes one */
  environment?: string;
  /** empty: all */
  action: string;
  /** JSON as it is typed; empty: not known */
  args: string;
  agents: string;
  columns: string;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** the field that filters the agents */
  readonly filter: HTMLElement;
  show(question: Question, frame: MatrixFrame): void;
  counts(text: string): void;
  said(text: string): void;
  argsError(message: string | null): void;
}

export interface ToolbarOptions {
  readonly question: Question;
  /** the folder: everything is another */
  readonly folder: () => void;
  /** what is asked of cells */
  readonly asked: () => void;
  /** which rows and columns are shown */
  readonly filtered: () => void;
  readonly save: (as: 'csv' | 'svg') => void;
}

export function createToolbar({ question, folder, asked, filtered, save }: ToolbarOptions): Toolbar {
  const set = (key: 'folder' | 'environment' | 'action' | 'args' | 'agents' | 'columns', then: () => void) => (value: string): void => {
    question[key] = value;
    then();
  };
  const folders = pick('Folder', false, set('folder', folder));
  const environment = pick('Environment', true, set('environment', asked));
  const action = pick('Action', false, set('action', filtered));
  const args = line(set('args', asked), { placeholder: '{"amount": 900}' });
  const agents = line(set('agents', filtered), { placeholder: 'name or owner' });
  const columns = line(set('columns', filtered), { placeholder: 'name or server' });
  const rows = {
    folder: row('Folder', folders.select, folders.element), environment: row('In', environment.select, environment.element), action: row('Action', action.select, action.element),
    args: row('Arguments', args.control), agents: row('Filter agents', agents.control), columns: row('Filter resources', columns.control),
  };
  const counts = el('span', { class: 'hint', role: 'status' });
  const said = el('span', { class: 'hint', role: 'status' });
  const saveAs = (as: 'csv' | 'svg', title: string): HTMLButtonElement => button(`${as.toUpperCase()}…`, () => save(as), { class: 'secondary', title });
  const element = el('form', { class: 'toolbar', 'aria-label': 'Question and filters' },
    ...Object.values(rows).map((one) => one.element),
    el('div', { class: 'exports' }, saveAs('csv', 'Export what is shown as a table (CSV)'), saveAs('svg', 'Export what is shown as a picture (SVG)')), el('div', { class: 'notes' }, counts, said));
  element.addEventListener('submit', (event) => event.preventDefault());
  return {
    element,
    filter: agents.control,
    show(now, frame) {
      rows.folder.element.hidden = frame.folders.length < 2;
      folders.set(frame.folders.map(({ uri, agents: count }) => ({ value: uri, label: `${nameOf(uri)} (${count})` })), frame.folder ?? '');
      environment.set([...frame.environments.map(({ name, detail }) => ({ value: name, label: detail === '' || detail === name ? name : `${name} · ${detail}` })), { value: '', label: 'no environment' }], now.environment ?? frame.proposed);
      const actions = [...new Set(frame.columns.map((column) => column.action))];
      action.set([{ value: '', label: 'all' }, ...actions.map((name) => ({ value: name, label: name }))], now.action);
      args.set(now.args);
      agents.set(now.agents);
      columns.set(now.columns);
    },
    counts: (text) => setText(counts, text),
    said: (text) => setText(said, text),
    argsError: (message) => rows.args.error(message),
  };
}

const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)) || 'Open files';
