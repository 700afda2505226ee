// The decision, large and plain; below it why, rule by rule.
import type { SimulatorApproval, SimulatorDecision, FilePlace, SimulatorRule, SimulatorTraceRule } from '../../server/src/protocol';
import { button, el, fold, glyph, rich, setText } from './dom';
import { send } from './host';

export const HEADLINE = { allow: 'Allowed', require_approval: 'Needs approval', deny: 'Denied', unknown: 'Cannot tell' } as const;
const EFFECT = { allow: 'allows', require_approval: 'asks for approval', deny: 'denies', oblige: 'obliges' } as const;

/** What failed first, in a word. */
const BECAUSE: Readonly<Record<string, string>> = {
  when: 'condition', error: 'error', expired: 'expired', malformed: 'malformed', record: 'approved already', environments: 'environment', 'scope.environments': 'environment',
  roles: 'roles', 'scope.roles': 'roles', agents: 'agent', 'scope.agents': 'agent', actions: 'action', resources: 'resource',
};
/** A rule that failed by these is for something else altogether. */
const FAR = new Set(['actions', 'resources', 'agents', 'roles', 'scope.agents', 'scope.roles', 'scope.environments']);

const NO_CONDITION = 'it has no condition';

export interface DecisionView {
  readonly element: HTMLElement;
  /** the headline alone, for the lower edge of the page */
  readonly verdict: HTMLElement;
  show(decision: SimulatorDecision): void;
  /** A word above the box, where another decision stands beside it. */
  title(text: string | null): void;
  /** Marks what is shown as the decision from before, and says why; null: it is the one of now. */
  old(why: string | null): void;
}

/** `above` stands over the box; `actions` are what one can do with it: they stand under the box. */
export function decisionView(kept: Map<string, boolean>, above: HTMLElement, actions: HTMLElement): DecisionView {
  const icon = el('span', { class: 'icon' });
  const headline = el('span', {});
  const live = el('div', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true', class: 'live' }, el('h2', { class: 'headline' }, icon, headline));
  const said = el('div', { class: 'said' });
  const rest = el('div', { class: 'rest' });
  const stale = el('p', { class: 'stale', hidden: true });
  const box = el('section', { class: 'box decision', 'aria-label': 'Decision' }, live, rest, stale);
  live.append(said);
  const why = el('div', {});
  const title = el('h2', { class: 'part', hidden: true });
  const element = el('div', { hidden: true }, above, title, box, actions, why);
  const verdict = el('div', { class: 'verdict', 'aria-hidden': 'true', hidden: true });
  // while most of the box is out of sight below the form, its headline and reason stay in view; all that lies above counts as seen
  const sight = new IntersectionObserver((seen) => {
    verdict.hidden = seen.at(-1)?.isIntersecting !== false || element.hidden;
  }, { root: document, rootMargin: '100000px 0px 0px 0px', threshold: 0.6 });
  sight.observe(box);
  let shown = '';
  return {
    element, verdict,
    show(decision) {
      if (element.hidden) {
        element.hidden = false;
        // a box that comes up below the edge was out of sight before too: that is no change that an observer tells of
        sight.unobserve(box);
        sight.observe(box);
      }
      const digest = JSON.stringify(decision);
      if (digest === shown) return;
      shown = digest;
      box.dataset.effect = decision.effect;
      icon.replaceChildren(glyph(decision.effect, true));
      setText(headline, HEADLINE[decision.effect]);
      verdict.replaceChildren(glyph(decision.effect), ' ', el('b', {}, HEADLINE[decision.effect]), ' ', el('span', { class: 'because' }, inShort(decision)));
      keepFocus(element, () => {
        said.replaceChildren(...reasons(decision));
        rest.replaceChildren(...details(decision));
        why.replaceChildren(trace(decision, kept));
      });
    },
    title(text) {
      setText(title, text ?? '');
      title.hidden = text === null;
      // under the box of before it must not be taken for that one's
      if (text === null) delete verdict.dataset.title;
      else verdict.dataset.title = `${text}: `;
    },
    old(text) {
      setText(stale, text ?? '');
      stale.hidden = text === null;
      box.classList.toggle('old', text !== null);
      verdict.classList.toggle('old', text !== null);
    },
  };
}

/** Runs `change`, and gives the focus to what stands for the element that had it. */
function keepFocus(within: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  change();
  if (!(before instanceof HTMLElement) || before.isConnected || !['BUTTON', 'SUMMARY'].includes(before.tagName)) return;
  for (const element of within.querySelectorAll<HTMLElement>(before.tagName)) {
    if (element.textContent === before.textContent && element.title === before.title) return element.focus({ preventScroll: true });
  }
}

/** What a screen reader says: who must approve, or why. */
export function reasons(decision: SimulatorDecision): Node[] {
  return [
    ...decision.approvals.map(approval),
    ...(decision.sentence === null ? [] : [el('p', {}, rich(decision.sentence))]),
    ...decision.unknown.map((reason) => el('p', {}, rich(reason))),
  ];
}

/** Who must approve, or why, in a few words without links. */
function inShort({ approvals, rules, sentence, unknown }: SimulatorDecision): string {
  if (approvals.length > 0) return `by ${approvals.map(({ from }) => from.join(' or ')).join(', ')}`;
  if (sentence === null && rules.length > 0) return `because of ${rules.map((rule) => rule.name).join(', ')}`;
  return (sentence ?? unknown[0] ?? '').replaceAll('`', '');
}

function approval({ from, people, morePeople, notes }: SimulatorApproval): HTMLElement {
  const line = el('p', {});
  from.forEach((party, index) => line.append(index > 0 ? ' or ' : '', party.includes(' ') ? party : el('code', {}, party)));
  const names = [...people, ...(morePeople > 0 ? [`${morePeople} more`] : [])].join(', ');
  if (names !== '') line.append(` (${names})`);
  if (notes.length > 0) line.append(`${from.length > 0 ? ', ' : ''}${notes.join(', ')}`);
  return line;
}

export function details(decision: SimulatorDecision): Node[] {
  const nodes: Node[] = decision.rules.map((rule) => {
    const line = el('p', { class: 'because' }, 'because ', link(rule.name, rule.place, rule.label), ' ', el('span', { class: 'hint' }, rule.label));
    if (rule.reason !== null) line.append(el('span', { class: 'reason' }, rule.reason));
    return line;
  });
  if (decision.obligations.length > 0) nodes.push(el('p', {}, decision.obligations.join(' · ')));
  for (const warning of decision.warnings) nodes.push(el('p', { class: 'warning' }, rich(warning)));
  if (decision.incomplete) nodes.push(el('p', { class: 'warning' }, 'Incomplete: a rule or a policy file cannot be read. It allows nothing, and could forbid more; the Problems view says what to mend.'));
  return nodes;
}

/** A link into the file; plain text where there is no place to go. */
function link(text: string, place: FilePlace | null, where: string): HTMLElement {
  if (!place) return el('code', {}, text);
  return button(text, () => send({ kind: 'open', place }), { class: 'link', title: `Open ${where}` });
}

function trace(decision: SimulatorDecision, kept: Map<string, boolean>): Node {
  const nodes: Node[] = [];
  if (decision.matched.length > 0) nodes.push(list(decision.matched, 0, kept));
  const policies = decision.others.map((other) => ({ ...other, close: other.rules.filter((rule) => !FAR.has(rule.because)), far: other.rules.filter((rule) => FAR.has(rule.because)) }));
  const near = policies.filter(({ close }) => close.length > 0);
  const elsewhere = policies.filter(({ close }) => close.length === 0);
  for (const [index, { policy, close, far, more }] of near.entries()) {
    const inner: Node[] = [list(close, 0, kept)];
    if (far.length > 0) inner.push(fold(`far ${policy}`, `${far.length + more} for something else`, false, kept, list(far, more, kept)));
    nodes.push(fold(`policy ${policy}`, `${policy} · ${close.length + far.length + more} not matched`, index === 0, kept, ...inner));
  }
  const folded = elsewhere.map(({ policy, far, more }) => fold(`policy ${policy}`, `${policy} · ${far.length + more}`, false, kept, list(far, more, kept)));
  if (folded.length > 0) nodes.push(fold('elsewhere', `${folded.length} ${folded.length === 1 ? 'policy' : 'policies'} for something else`, false, kept, ...folded));
  if (nodes.length === 0) nodes.push(el('p', { class: 'hint' }, 'No rule was asked.'));
  return fold('why', 'Why', true, kept, ...nodes);
}

const list = (rules: readonly SimulatorTraceRule[], more: number, kept: Map<string, boolean>): HTMLElement =>
  el('ul', { class: 'trace' }, ...rules.map((rule) => item(rule, kept)), more > 0 && el('li', { class: 'hint' }, `and ${more} more`));

function item(rule: SimulatorTraceRule, kept: Map<string, boolean>): HTMLElement {
  const words = rule.matched ? EFFECT[rule.effect] : rule.because === 'record' ? 'approved already' : `not matched: ${BECAUSE[rule.because] ?? rule.because}`;
  const mark = rule.decided && rule.effect !== 'oblige' ? rule.effect : rule.matched ? 'joined' : 'none';
  const line = el('li', { class: rule.matched ? (rule.decided ? 'decided' : 'joined') : 'missed' },
    el('span', { class: 'mark', title: rule.decided ? 'decided' : rule.matched ? 'matched' : 'did not match' }, glyph(mark)),
    el('div', {}, link(rule.name, rule.place, rule.label), ' ', el('span', { class: 'effect' }, rule.decided ? `${words}, and decided` : words), rule.detail !== NO_CONDITION && el('div', { class: 'detail' }, rich(rule.detail)), values(rule, kept)));
  return line;
}

/** The parts of a condition with their values. */
function values(rule: SimulatorTraceRule, kept: Map<string, boolean>): Node | null {
  if (rule.values.length < 2) return null;
  const rows = rule.values.map(({ text, value, place }) => el('tr', {}, el('td', {}, place ? button(text, () => send({ kind: 'open', place }), { class: 'link code', title: 'Open this part of the condition' }) : el('code', {}, text)), el('td', {}, el('code', {}, value))));
  return fold(`values ${rule.id}`, 'Values', false, kept, el('table', { 'aria-label': `Values in ${rule.name}` }, el('thead', { class: 'unseen' }, el('tr', {}, el('th', { scope: 'col' }, 'Part'), el('th', { scope: 'col' }, 'Value'))), el('tbody', {}, ...rows)));
}

export type { SimulatorRule };
