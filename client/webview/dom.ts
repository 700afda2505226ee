// Elements made by hand: text is only ever set as text, never as HTML.

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes; `true` is an attribute without a value, `false` and undefined are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label: string, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', run);
  return element;
}

/** A sentence in which what stands between backticks is shown as code. */
export function rich(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  text.split('`').forEach((part, index, parts) => {
    if (part === '') return;
    // a backtick without its partner is a backtick
    if (index % 2 === 1 && index < parts.length - 1) fragment.append(el('code', {}, part));
    else fragment.append(index % 2 === 1 ? `\`${part}` : part);
  });
  return fragment;
}

/** Sets the text only where it is another, so that a screen reader says only what is new. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';

const SHAPES = {
  allow: ['M2.5 8.5l3.5 3.5 7.5-8'],
  require_approval: ['M8 2L15 14H1z', 'M8 6.5v3.5', 'M8 12v.1'],
  deny: ['M3 3l10 10', 'M13 3L3 13'],
  unknown: ['M5 5.5a3 3 0 1 1 4.4 2.6C8.4 8.7 8 9.2 8 10.2', 'M8 13v.1'],
  joined: ['M8 4.5v7', 'M4.5 8h7'],
  none: ['M4 8h8'],
} as const;
export type Glyph = keyof typeof SHAPES;

/** A drawn glyph; the words beside it say the same. */
export function glyph(name: Glyph, large = false): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', class: `glyph glyph-${name}${large ? ' large' : ''}`, 'aria-hidden': 'true', focusable: 'false' })) svg.setAttribute(key, value);
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', shape);
    svg.append(path);
  }
  return svg;
}

/** A part that folds; whether it is open is kept under its key. */
export function fold(key: string, summary: string | Node, open: boolean, kept: Map<string, boolean>, ...children: readonly Child[]): HTMLDetailsElement {
  const details = el('details', { open: kept.get(key) ?? open }, el('summary', {}, summary), ...children);
  details.addEventListener('toggle', () => {
    if (details.open === (kept.get(key) ?? open)) return;
    kept.set(key, details.open);
  });
  return details;
}
