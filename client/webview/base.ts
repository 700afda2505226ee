// "Compare with base": the decision of the same request before the change, over the one of now.
import type { SimulatorBase, SimulatorDecision } from '../../server/src/protocol';
import { details, HEADLINE, reasons } from './decision';
import { el, glyph, rich, setText } from './dom';

export interface BaseView {
  readonly element: HTMLElement;
  /** null: nothing is compared */
  show(base: SimulatorBase | null, now: SimulatorDecision | null): void;
}

export function baseView(): BaseView {
  const title = el('h2', { class: 'part' });
  const headline = el('p', { class: 'headline' });
  const body = el('div', { class: 'said' });
  const box = el('section', { class: 'box before', 'aria-label': 'Decision before' }, headline, body);
  const message = el('p', { class: 'hint' });
  const verdict = el('p', { class: 'hint', role: 'status' });
  const element = el('div', { class: 'base', hidden: true }, title, message, box, verdict);
  let shown = '';
  return {
    element,
    show(base, now) {
      element.hidden = base === null;
      if (base === null) return;
      const digest = JSON.stringify([base, now]);
      if (digest === shown) return;
      shown = digest;
      const { decision } = base;
      setText(title, `Before (${base.label})`);
      message.replaceChildren(rich(base.message ?? ''));
      message.hidden = base.message === undefined;
      box.hidden = decision === null;
      verdict.hidden = decision === null || now === null;
      if (decision === null) return;
      box.dataset.effect = decision.effect;
      headline.replaceChildren(glyph(decision.effect, true), el('span', {}, HEADLINE[decision.effect]));
      body.replaceChildren(...reasons(decision), ...details(decision));
      setText(verdict, now !== null && same(decision, now) ? 'The same decision, with the same approvals and obligations.' : 'This is decided otherwise now.');
    },
  };
}

/** Equal for whoever is decided about: rules, reasons and people do not count. */
function same(a: SimulatorDecision, b: SimulatorDecision): boolean {
  const print = ({ effect, approvals, obligations }: SimulatorDecision): string => JSON.stringify([effect, approvals.map(({ from, notes }) => JSON.stringify([[...from].sort(), notes])).sort(), [...obligations].sort()]);
  return print(a) === print(b);
}
