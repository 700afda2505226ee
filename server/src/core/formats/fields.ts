// Reading values out of a tree that anybody may have written: text, lists, and lists written as one text with commas.
import type { Span } from '../text';
import { resolve, scalarMap, valueOf, type Node, type ScalarNode } from '../yaml';
import type { Spanned } from './format';

export const spanOf = (node: Span): Span => ({ start: node.start, end: node.end });

/** A scalar with something in it, as text. */
export function spannedText(node: Node | null | undefined): Spanned<string> | null {
  const scalar = resolve(node);
  if (!node || scalar?.kind !== 'scalar' || scalar.value === null || scalar.text.trim() === '') return null;
  return { value: scalar.text, span: spanOf(node) };
}

export const textField = (root: Node | null, key: string): Spanned<string> | null => spannedText(valueOf(root, key));

/** The texts of a list; what is not a text is left out. */
export function spannedItems(node: Node | null | undefined): Spanned<string>[] {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => spannedText(item) ?? []) : [];
}

/** The parts of `a, b, c`, each at its own place. */
export function commaParts(source: string, node: ScalarNode): Spanned<string>[] {
  const map = scalarMap(source, node);
  const parts: Spanned<string>[] = [];
  let at = 0;
  for (const part of node.text.split(',')) {
    const value = part.trim();
    const start = at + part.indexOf(value);
    if (value !== '') parts.push({ value, span: map.span(start, start + value.length) });
    at += part.length + 1;
  }
  return parts;
}

/** A scalar that is just this truth value. */
export function isBoolean(node: Node | null, wanted: boolean): boolean {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && scalar.value === wanted;
}
