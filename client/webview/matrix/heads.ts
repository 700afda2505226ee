// The heads of the columns: groups above, names turned upright below. They stay in view.
import { el } from '../dom';
import { COLUMN, GROUP, LABELS, namesWidth, type Block } from './layout';
import type { Shown } from './model';

export interface Heads {
  readonly element: HTMLElement;
  draw(shown: Shown, block: Block): void;
  light(column: number): void;
  size(): { readonly names: number; readonly height: number };
  /** Gives true where the sizes are others now. */
  resize(width: number): boolean;
}

export function createHeads(): Heads {
  const corner = el('div', { class: 'corner', role: 'columnheader', 'aria-colindex': '1' }, el('span', {}, 'Agent'));
  const element = el('div', { class: 'heads', role: 'row', 'aria-rowindex': '1' }, corner);
  const labels = new Map<number, HTMLElement>();
  let groups: HTMLElement[] = [];
  let drawn: Shown | null = null;
  let names = namesWidth(800);
  return {
    element,
    draw(shown, block) {
      if (shown !== drawn) {
        for (const label of labels.values()) label.remove();
        labels.clear();
        drawn = shown;
      }
      for (const [column, label] of labels) {
        if (column >= block.left && column < block.right) continue;
        label.remove();
        labels.delete(column);
      }
      for (let column = block.left; column < block.right; column++) {
        const head = shown.columns[column]?.head;
        if (!head || labels.has(column)) continue;
        const label = el('div', { class: 'label', role: 'columnheader', 'aria-colindex': String(column + 2), title: `${head.action} ${head.resource}`, 'aria-label': `${head.action} ${head.resource}` }, el('span', {}, head.name));
        label.style.left = `${column * COLUMN}px`;
        labels.set(column, label);
        element.append(label);
      }
      for (const group of groups) group.remove();
      groups = shown.groups.filter(({ from, to }) => to > block.left && from < block.right).map(({ label, from, to }) => {
        const group = el('div', { class: 'group', 'aria-hidden': 'true', title: label }, el('span', {}, label));
        group.style.left = `${from * COLUMN}px`;
        group.style.width = `${(to - from) * COLUMN}px`;
        return group;
      });
      element.append(...groups);
    },
    light(column) {
      labels.get(column)?.classList.add('lit');
    },
    size: () => ({ names, height: GROUP + LABELS }),
    resize(width) {
      const now = namesWidth(width);
      const other = now !== names;
      names = now;
      return other;
    },
  };
}
