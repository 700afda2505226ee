// What was asked in this session, newest first; a click asks it again.
import type { SimulatorDecision } from '../../server/src/protocol';
import { HEADLINE } from './decision';
import { button, el, fold, glyph } from './dom';

export interface Entry {
  readonly words: string;
  readonly effect: SimulatorDecision['effect'];
  readonly request: unknown;
  readonly folder?: string;
}

const MOST = 20;

/** The list with one more; the same request again moves to the top. */
export const remember = (entries: readonly Entry[], entry: Entry): readonly Entry[] => {
  const same = JSON.stringify([entry.request, entry.folder]);
  return [entry, ...entries.filter((other) => JSON.stringify([other.request, other.folder]) !== same)].slice(0, MOST);
};

export function historyView(kept: Map<string, boolean>, chosen: (entry: Entry) => void): { readonly element: HTMLElement; show(entries: readonly Entry[]): void } {
  const list = el('ol', { class: 'history' });
  const element = fold('history', 'History', false, kept, list);
  element.hidden = true;
  let shown: readonly Entry[] = [];
  return {
    element,
    show(entries) {
      if (entries === shown) return;
      shown = entries;
      element.hidden = entries.length === 0;
      list.replaceChildren(...entries.map((entry) => {
        const item = button('', () => chosen(entry), { class: 'link', 'aria-label': `${HEADLINE[entry.effect]}: ${entry.words}. Ask again.` });
        item.append(glyph(entry.effect), ` ${entry.words}`);
        return el('li', {}, item);
      }));
    },
  };
}
