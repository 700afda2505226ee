// What is read at all: files come from anybody, so size, depth and expansion are bounded before any recursion starts.
import type { Node } from './tree';

/** UTF-16 units of a file; above it a file is named and left alone. */
export const MAX_LENGTH = 2_000_000;
/** lines of a file */
export const MAX_LINES = 50_000;
/** signs that structure a YAML text (brackets, colons, dashes, ...) and line ends: reading costs a few microseconds each */
export const MAX_SIGNS = 300_000;
/** documents of one file */
export const MAX_DOCUMENTS = 2_000;
/** faults of syntax that are told of one document */
export const MAX_FAULTS = 1_000;
/** maps and lists within each other */
export const MAX_DEPTH = 64;
/** nodes that a document may stand for once its aliases are written out */
export const MAX_EXPANDED = 200_000;

/** Why a text is too large to be read, or null. */
export function tooLarge(text: string): string | null {
  if (text.length > MAX_LENGTH) return `This file has ${text.length.toLocaleString('en')} characters; files over ${MAX_LENGTH.toLocaleString('en')} are not read. Split it.`;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  if (lines > MAX_LINES) return `This file has ${lines.toLocaleString('en')} lines; files over ${MAX_LINES.toLocaleString('en')} are not read. Split it.`;
  return null;
}

/** 1 for a line end and ! " # & ' * , - : > ? @ [ ] ` { | } */
const SIGNS = Uint8Array.from({ length: 128 }, (_, code) => ([10, 33, 34, 35, 38, 39, 42, 44, 45, 58, 62, 63, 64, 91, 93, 96, 123, 124, 125].includes(code) ? 1 : 0));

/** Why a text, though not too long, holds too much YAML to be read, or null. */
export function tooDense(text: string): string | null {
  if (text.length <= MAX_SIGNS) return null;
  let signs = 0;
  for (let at = 0; at < text.length; at++) signs += SIGNS[text.charCodeAt(at)] ?? 0;
  return signs > MAX_SIGNS ? `This file has ${signs.toLocaleString('en')} lines, brackets, colons and other signs of YAML; files with more than ${MAX_SIGNS.toLocaleString('en')} are not read. Split it.` : null;
}

/** How many nodes a tree stands for with its aliases written out (Infinity for a cycle). Linear: each target is counted once. */
export function expandedSize(root: Node): number {
  const sizes = new Map<Node, number>();
  const size = (node: Node): number => {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    sizes.set(node, Infinity);
    let total = 1;
    if (node.kind === 'map') for (const pair of node.pairs) total += 1 + size(pair.value);
    else if (node.kind === 'seq') for (const item of node.items) total += size(item);
    else if (node.kind === 'alias' && node.target) total = size(node.target);
    sizes.set(node, total);
    return total;
  };
  return size(root);
}
