// The tool's arguments: a form made from what the tool says it takes, or JSON.
import type { SimulatorField } from '../../server/src/protocol';
import { line, newId, row, type Row } from './controls';
import { button, el, setText } from './dom';
import { fitsFields, textOf, textsOf, type Form } from './state';

export interface Arguments {
  readonly element: HTMLElement;
  show(form: Form, fields: readonly SimulatorField[] | null, description: string | null): void;
  /** Takes the errors of fields `args...`; gives false for one that it has no place for. */
  error(field: string, message: string): boolean;
  clearErrors(): void;
}

export function argumentsForm(form: () => Form, changed: () => void): Arguments {
  const title = el('h2', { class: 'part', id: newId() }, 'Arguments');
  const about = el('p', { class: 'hint' });
  const legend = el('p', { class: 'hint' }, '* required');
  const holder = el('div', { role: 'group', 'aria-labelledby': title.id });
  const raw = line((value) => {
    form().json = value;
    changed();
  }, { lines: 2, placeholder: '{ }' });
  const rawRow = row('JSON', raw.control);
  const toggle = button('JSON', () => switchTo(form().json === null), { class: 'secondary', 'aria-pressed': 'false' });
  const element = el('section', { class: 'arguments' }, el('div', { class: 'bar' }, title, toggle), about, holder, legend, rawRow.element);
  const rows = new Map<string, { readonly row: Row; set(value: string): void }>();
  let fields: readonly SimulatorField[] | null = null;
  let built = '';

  function switchTo(json: boolean): void {
    const now = form();
    if (json) {
      now.json = asJson(now, fields ?? []);
    } else if (fields !== null && (now.json ?? '').trim() === '') {
      now.json = null;
    } else if (fields !== null && fitsFields(now.json ?? '', fields)) {
      now.args = { ...now.args, ...Object.fromEntries(fields.map((field) => [field.name, ''])), ...textsOf(now.json ?? '') };
      now.json = null;
    } else {
      rawRow.error('The form cannot show this. Mend it, or empty it to go back to the form.');
      raw.control.focus();
      return;
    }
    changed();
    (json ? raw.control : toggle).focus();
  }

  function rebuild(): void {
    rows.clear();
    const made = (fields ?? []).map((field) => {
      const set = (value: string): void => {
        form().args[field.name] = value;
        changed();
      };
      const one = field.kind === 'boolean' || field.kind === 'choice' ? choice(field, set) : text(field, set);
      const labelled = row(field.required ? `${field.name} *` : field.name, one.control, one.control, field.description ?? '');
      if (field.required) one.control.setAttribute('aria-required', 'true');
      rows.set(field.name, { row: labelled, set: one.set });
      return labelled.element;
    });
    holder.replaceChildren(...made);
  }

  return {
    element,
    show(now, given, description) {
      fields = given;
      element.hidden = now.action !== 'call';
      const digest = JSON.stringify(given);
      if (digest !== built) {
        built = digest;
        rebuild();
      }
      const json = now.json !== null || given === null;
      setText(about, given === null ? 'The Catalog does not say what this tool takes.' : given.length === 0 ? 'This tool takes no arguments.' : (description ?? ''));
      about.hidden = about.textContent === '';
      legend.hidden = json || !(given ?? []).some((field) => field.required);
      holder.hidden = json;
      rawRow.element.hidden = !json;
      toggle.hidden = given === null;
      toggle.setAttribute('aria-pressed', String(json));
      raw.set(now.json ?? '');
      for (const [name, one] of rows) one.set(now.args[name] ?? '');
    },
    error(field, message) {
      if (!/^args\b/.test(field)) return false;
      const name = [...rows.keys()].find((known) => field === `args.${known}` || field.startsWith(`args.${known}.`) || field.startsWith(`args.${known}[`));
      const at = form().json === null && name !== undefined ? rows.get(name)?.row : rawRow;
      at?.error(message);
      return at !== rawRow || !rawRow.element.hidden;
    },
    clearErrors() {
      rawRow.error(null);
      for (const { row: one } of rows.values()) one.error(null);
    },
  };
}

function text(field: SimulatorField, changed: (value: string) => void): { control: HTMLElement; set(value: string): void } {
  return line(changed, { placeholder: field.words, numeric: field.kind === 'number' || field.kind === 'integer', lines: field.kind === 'json' ? 2 : undefined });
}

const NOT_GIVEN = 'not given';

function choice(field: SimulatorField, changed: (value: string) => void): { control: HTMLElement; set(value: string): void } {
  const values = field.kind === 'boolean' ? ['true', 'false'] : field.choices.map(textOf);
  const control = el('select', {}, el('option', { value: '' }, NOT_GIVEN), ...values.map((value) => el('option', { value }, value)));
  control.addEventListener('change', () => changed(control.value));
  return {
    control,
    set(value) {
      if (control.value !== value) control.value = values.includes(value) ? value : '';
    },
  };
}

/** What the form says, as JSON to go on with. */
function asJson(form: Form, fields: readonly SimulatorField[]): string {
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const given = form.args[field.name] ?? '';
    if (given === '') continue;
    const choice = field.choices.find((one) => textOf(one) === given);
    const plain = field.kind === 'text' ? given : (choice ?? parsed(given));
    Object.defineProperty(value, field.name, { value: plain, enumerable: true });
  }
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
