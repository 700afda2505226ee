// The controls of the form: a labelled row with its error, a list with "something else…", a line of text.
import { button, el, rich } from './dom';

let ids = 0;
export const newId = (): string => `c${++ids}`;

export interface Row {
  readonly element: HTMLElement;
  /** Says what is wrong with it, beside it; nothing takes that back. */
  error(message: string | null): void;
}

/** `control` is what the label is for; `hint` is said after it, and read with it. */
export function row(label: string, control: HTMLElement, content: HTMLElement = control, hint = ''): Row {
  control.id ||= newId();
  const note = el('span', { class: 'hint', id: newId() }, hint);
  const problem = el('span', { class: 'error', id: newId() });
  const element = el('div', { class: 'row' }, el('label', { for: control.id }, label), el('div', { class: 'cell' }, content, note, problem));
  const describe = (wrong: boolean): void => {
    const ids = [...(hint === '' ? [] : [note.id]), ...(wrong ? [problem.id] : [])];
    if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
    else control.removeAttribute('aria-describedby');
  };
  describe(false);
  note.hidden = hint === '';
  let said: string | null = null;
  problem.hidden = true;
  return {
    element,
    error(message) {
      if (said !== message) problem.replaceChildren(rich(message ?? ''));
      said = message;
      problem.hidden = message === null;
      element.classList.toggle('invalid', message !== null);
      if (message === null) control.removeAttribute('aria-invalid');
      else control.setAttribute('aria-invalid', 'true');
      describe(message !== null);
    },
  };
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** options of one group stand together, under this heading */
  readonly group?: string;
}

export interface Pick {
  /** what a label is for */
  readonly select: HTMLSelectElement;
  readonly element: HTMLElement;
  set(options: readonly Option[], value: string): void;
}

const ELSE = '\0else';

/** A list; where `free`, its last entry is "something else…", which types freely. */
export function pick(name: string, free: boolean, changed: (value: string) => void): Pick {
  const select = el('select', {});
  const input = el('input', { type: 'text', 'aria-label': `${name}, typed freely`, spellcheck: 'false', autocomplete: 'off' });
  const back = button('List', () => leave(), { class: 'secondary', title: 'Choose from the list', 'aria-label': `${name}: choose from the list` });
  const typed = el('span', { class: 'typed', hidden: true }, input, back);
  const element = el('span', { class: 'pick' }, select, typed);
  let shown = '';
  let current = '';
  const show = (typing: boolean): void => {
    select.hidden = typing;
    typed.hidden = !typing;
  };
  const leave = (): void => {
    show(false);
    select.value = current;
    select.focus();
  };
  select.addEventListener('change', () => {
    if (select.value === ELSE) {
      input.value = current;
      show(true);
      input.focus();
      input.select();
      return;
    }
    current = select.value;
    changed(current);
  });
  input.addEventListener('input', () => {
    current = input.value.trim();
    if (current !== '') changed(current);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
  });
  return {
    select, element,
    set(options, value) {
      const all = value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
      const digest = JSON.stringify(all);
      if (digest !== shown) {
        shown = digest;
        select.replaceChildren(...grouped(all), ...(free ? [el('option', { value: ELSE }, 'something else…')] : []));
      }
      current = value;
      if (typed.hidden) select.value = value;
    },
  };
}

function grouped(options: readonly Option[]): Node[] {
  const nodes: Node[] = [];
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const { value, label, group } of options) {
    const option = el('option', { value }, label);
    if (group === undefined) nodes.push(option);
    else {
      let holder = groups.get(group);
      if (!holder) {
        groups.set(group, (holder = el('optgroup', { label: group })));
        nodes.push(holder);
      }
      holder.append(option);
    }
  }
  return nodes;
}

export interface Line {
  readonly control: HTMLInputElement | HTMLTextAreaElement;
  set(value: string): void;
}

/** A line of text, or several; `suggestions` are offered while typing. */
export function line(changed: (value: string) => void, options: { readonly lines?: number; readonly placeholder?: string; readonly numeric?: boolean } = {}): Line {
  const common = { spellcheck: 'false', autocomplete: 'off', placeholder: options.placeholder };
  const control = options.lines ? el('textarea', { ...common, rows: String(options.lines) }) : el('input', { ...common, type: 'text', inputmode: options.numeric ? 'decimal' : undefined });
  control.addEventListener('input', () => changed(control.value));
  return {
    control,
    set(value) {
      if (control.value !== value) control.value = value;
    },
  };
}

/** Names that an input offers. */
export function suggest(input: HTMLElement): { readonly list: HTMLDataListElement; set(names: readonly string[]): void } {
  const list = el('datalist', { id: newId() });
  input.setAttribute('list', list.id);
  let shown = '';
  return {
    list,
    set(names) {
      const digest = names.join('\n');
      if (digest === shown) return;
      shown = digest;
      list.replaceChildren(...names.map((value) => el('option', { value })));
    },
  };
}
