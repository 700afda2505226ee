// Why a cell is as it is: beside the cell for eyes, in a live region for ears.
import { el, rich, setText } from '../dom';

export interface Tip {
  readonly element: HTMLElement;
  readonly spoken: HTMLElement;
  /** `box`: of the cell, in the page */
  show(head: string, line: string, box: DOMRect): void;
  speak(text: string): void;
  hide(): void;
}

const GAP = 4;

export function createTip(): Tip {
  const head = el('div', { class: 'tip-head' });
  const line = el('div', {});
  const element = el('div', { class: 'tip', 'aria-hidden': 'true', hidden: true }, head, line);
  const spoken = el('div', { class: 'aloud', role: 'status', 'aria-live': 'polite' });
  return {
    element, spoken,
    show(title, words, box) {
      setText(head, title);
      line.replaceChildren(rich(words));
      element.hidden = false;
      const { width, height } = element.getBoundingClientRect();
      const below = box.bottom + GAP;
      element.style.left = `${Math.max(GAP, Math.min(box.left, document.documentElement.clientWidth - width - GAP))}px`;
      element.style.top = `${below + height <= document.documentElement.clientHeight ? below : Math.max(GAP, box.top - height - GAP)}px`;
    },
    speak: (text) => setText(spoken, text),
    hide() {
      element.hidden = true;
    },
  };
}
