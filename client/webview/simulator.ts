// The simulator's page: a form, the decision of what it says, and what to do with that. The server decides; this only shows.
import type { SimulatorBase, SimulatorChoices, SimulatorDecision } from '../../server/src/protocol';
import { baseView } from './base';
import { decisionView } from './decision';
import { button, el, rich, setText } from './dom';
import { formView } from './form';
import { historyView, remember, type Entry } from './history';
import { load, newestWins, receive, save, send } from './host';
import { build, emptyForm, fitsFields, formOf, textsOf, type Form } from './state';

interface Kept {
  readonly form: Form;
  readonly choices: SimulatorChoices | null;
  readonly digest: string;
  readonly decision: SimulatorDecision | null;
  readonly history: readonly Entry[];
  readonly folds: readonly (readonly [string, boolean])[];
  readonly comparing: boolean;
}

const before = load() as Partial<Kept> | undefined;
let form: Form = { ...emptyForm(), ...before?.form };
let choices: SimulatorChoices | null = before?.choices ?? null;
let digest = before?.digest ?? '';
let decision: SimulatorDecision | null = before?.decision ?? null;
let history: readonly Entry[] = before?.history ?? [];
let file: string | undefined;
/** a request that came as a whole waits for the tool's fields */
let converting = false;
/** what the decision shown was asked with */
let asked: { readonly request: unknown; readonly folder?: string } | null = null;
let commit = false;
/** what the workspace can be compared with; null: nothing */
let base: SimulatorBase | null = null;
let comparing = before?.comparing ?? false;
const folds = new Map(before?.folds ?? []);

const keep = (): void => save({ form, choices, digest, decision, history, folds: [...folds], comparing } satisfies Kept);

const empty = el('div', { class: 'empty', hidden: true });
const shownForm = formView({ form: () => form, kept: folds, chosen: () => refresh(true), changed: () => refresh(false) });
const shownHistory = historyView(folds, ({ request, folder }) => fill(request, folder));
const general = el('p', { class: 'error', role: 'alert', hidden: true });
const said = el('span', { class: 'hint', role: 'status' });
const policy = button('New policy', () => send({ kind: 'new', document: 'Policy', name: form.agent?.replace(/@.*$/, '') }), { class: 'secondary' });
const compare = button('Compare with base', () => {
  comparing = !comparing;
  showBase();
  deciding.ask();
  keep();
}, { class: 'secondary', 'aria-pressed': 'false', hidden: true });
const actions = el('div', { class: 'actions' },
  button('Save as test…', () => send({ kind: 'save', params: { folder: form.folder, request: current() } })),
  button('Copy…', () => send({ kind: 'copy', params: { folder: form.folder, request: current() } }), { class: 'secondary', title: 'Copy the request for AuthZEN, as a command line or as JSON' }),
  compare, policy, said);
const shownBase = baseView();
const shownDecision = decisionView(folds, shownBase.element, actions);
const body = el('div', { hidden: true }, shownForm.element, general, shownDecision.element, shownHistory.element, shownDecision.verdict);
document.getElementById('simulator')?.append(el('h1', { class: 'aloud' }, 'Simulator'), empty, body);

const current = (): unknown => (choices ? build(form, choices).request : {});

const choosing = newestWins((n) => {
  const { folder, agent, action, resource, environment, touched } = form;
  // until somebody chooses, the server proposes; before all files are read it knows little
  const proposed = touched ? { folder, agent, action, resource, environment } : choices?.reading ? {} : { folder, agent };
  send({ kind: 'choices', n, params: { file, known: digest, ...proposed } });
  return true;
});
const deciding = newestWins((n) => {
  if (!choices || !form.agent || !form.resource) return false;
  const built = build(form, choices);
  if (built.errors.size > 0) return false;
  asked = { request: built.request, folder: form.folder };
  send({ kind: 'decide', n, params: comparing ? { ...asked, compare: true } : asked });
  return true;
});

/** Something was filled in: shows what is wrong at once, asks for the rest. */
function refresh(chosen: boolean): void {
  setText(said, '');
  if (chosen) {
    digest = '';
    choosing.ask();
  } else {
    show();
    decide();
  }
  keep();
}

function decide(): void {
  if (!choices) return;
  const { errors } = build(form, choices);
  if (errors.size > 0) tellErrors(errors);
  else deciding.ask();
}

function tellErrors(errors: ReadonlyMap<string, string>): void {
  const rest = shownForm.errors(errors);
  general.replaceChildren(rich(rest.join(' ')));
  general.hidden = rest.length === 0;
  if (errors.size > 0) shownDecision.old(decision ? 'This is the decision from before: mend what is marked above.' : null);
  else shownDecision.old(choices?.reading ? 'The workspace is still being read: this may change.' : null);
}

function rememberDecision({ words, effect }: SimulatorDecision): void {
  commit = false;
  if (asked) history = remember(history, { words, effect, ...asked });
  shownHistory.show(history);
  keep();
}

function fill(request: unknown, folder?: string, withBase = comparing): void {
  comparing = withBase;
  form = formOf(request, folder);
  converting = true;
  digest = '';
  choosing.ask();
  keep();
}

function show(): void {
  if (!choices) {
    empty.hidden = false;
    return showEmpty(true);
  }
  const none = choices.agents.length === 0 && form.agent === undefined;
  body.hidden = none;
  empty.hidden = !none;
  if (none) return showEmpty(choices.reading);
  // what came as JSON goes into the form where the form can show all of it
  if (form.json !== null && form.action === 'call' && choices.fields !== null && converting) {
    converting = false;
    if (fitsFields(form.json, choices.fields)) Object.assign(form, { args: textsOf(form.json), json: null });
  }
  shownForm.show(form, choices);
}

function showEmpty(reading: boolean): void {
  if (empty.dataset.reading === String(reading)) return;
  empty.dataset.reading = String(reading);
  if (reading) empty.replaceChildren(el('p', {}, 'Reading the workspace.'));
  else {
    empty.replaceChildren(
      el('p', {}, 'No agents here yet. Countersign reads agent files of 19 formats and its own.'),
      button('New agent', () => send({ kind: 'new', document: 'Agent' })),
      button('Open the example', () => send({ kind: 'new', document: 'Example' }), { class: 'secondary' }),
    );
  }
}

function showDecision(): void {
  if (!decision) return;
  shownDecision.show(decision);
  policy.hidden = decision.cause !== 'default';
  showBase();
}

/** The two boxes, where there is something to compare with and somebody wishes it. */
function showBase(): void {
  const both = comparing && base !== null;
  compare.hidden = base === null;
  compare.title = base === null ? '' : `Show what is decided in ${base.label} too`;
  compare.setAttribute('aria-pressed', String(both));
  // what was asked for comes with the next answer
  if (!both || (base?.decision ?? base?.message) !== undefined) shownBase.show(both ? base : null, decision);
  shownDecision.title(both ? 'After' : null);
}

/** What was left open is what the server proposes. */
function adopt(next: SimulatorChoices): void {
  choices = next;
  const { folder, agent, action, resource, environment } = next.chosen;
  if (!form.touched) {
    Object.assign(form, { folder: folder ?? undefined, agent: agent ?? undefined, action, resource: resource ?? undefined, environment });
    return;
  }
  if (form.folder === undefined || form.agent === undefined) form.folder = folder ?? undefined;
  form.agent ??= agent ?? undefined;
  form.action = action;
  form.resource ??= resource ?? undefined;
  form.environment ??= environment;
}

receive((message) => {
  switch (message.kind) {
    case 'choices': {
      if (!choosing.answered(message.n)) return;
      if (message.result === null) {
        delete empty.dataset.reading;
        return empty.replaceChildren(el('p', {}, 'The Countersign server does not answer. Its item in the status bar says why.'));
      }
      const { choices: next } = message.result;
      digest = message.result.digest;
      if (next) adopt(next);
      const own = choices?.fileAgent;
      if (own && !form.touched && (own.id !== form.agent || own.folder !== form.folder)) {
        Object.assign(form, { agent: own.id, folder: own.folder, resource: undefined, environment: undefined });
        digest = '';
        choosing.ask();
        return;
      }
      show();
      if (next) decide();
      keep();
      return;
    }
    case 'decision': {
      if (!deciding.answered(message.n)) return;
      if (message.result === null) return shownDecision.old('This is the decision from before: the server does not answer.');
      if ('error' in message.result) {
        const { field, message: text } = message.result.error;
        return tellErrors(new Map([[field, text]]));
      }
      ({ decision } = message.result);
      base = message.result.base ?? null;
      tellErrors(choices ? build(form, choices).errors : new Map());
      showDecision();
      if (commit) rememberDecision(decision);
      keep();
      return;
    }
    case 'changed':
      choosing.ask();
      deciding.ask();
      return;
    case 'file':
      file = message.uri ?? undefined;
      choosing.ask();
      return;
    case 'fill':
      commit = true;
      fill(message.request, message.folder, message.compare ?? comparing);
      return;
    case 'said':
      setText(said, message.text);
  }
});

// A value that one has finished with is worth remembering, not each keystroke on the way.
body.addEventListener('change', () => {
  if (decision && asked && choices && JSON.stringify(asked.request) === JSON.stringify(current())) rememberDecision(decision);
  else {
    commit = true;
    decide();
  }
});
body.addEventListener('toggle', () => keep(), true);

show();
showDecision();
shownHistory.show(history);
send({ kind: 'ready' });
choosing.ask();
