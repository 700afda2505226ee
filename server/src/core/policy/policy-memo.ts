// What is kept of compiled policies from one state of the workspace to the next: an edit of one rule compiles that rule.
import type { Parse } from '../conditions';
import type { DocumentFacts } from '../workspace';
import type { PlainValue } from '../yaml';
import { compileMemo, compilePolicy, type CompileMemo, type Earlier } from './compile-policy';
import type { CompiledPolicy } from './rule';

export interface PolicyMemo extends CompileMemo {
  readonly policies: WeakMap<DocumentFacts, CompiledPolicy>;
  /** each policy as it was compiled last, by file and document */
  readonly last: Map<string, Earlier>;
}

export const policyMemo = (): PolicyMemo => ({ ...compileMemo(), policies: new WeakMap(), last: new Map() });

/** The policy of a document, compiled at its first sight. */
export function compileOnce(memo: PolicyMemo, path: string, document: DocumentFacts, text: string, parse: Parse): CompiledPolicy {
  const known = memo.policies.get(document);
  if (known) return known;
  const id = `${path}\0${document.index}`;
  const policy = compilePolicy(path, document, text, parse, memo, memo.last.get(id) ?? null);
  memo.policies.set(document, policy);
  memo.last.set(id, { items: rulesOf(document.value), policy });
  return policy;
}

/** Forgets policies that are gone. */
export function keepOnly(memo: PolicyMemo, policies: readonly CompiledPolicy[]): void {
  if (memo.last.size === policies.length) return;
  const there = new Set(policies.map(({ path, document }) => `${path}\0${document}`));
  for (const id of memo.last.keys()) if (!there.has(id)) memo.last.delete(id);
}

/** The list of rules as it is written. */
function rulesOf(value: PlainValue): readonly PlainValue[] {
  const spec = fieldOf(value, 'spec');
  const rules = fieldOf(spec, 'rules');
  return Array.isArray(rules) ? rules : [];
}

const fieldOf = (value: PlainValue, key: string): PlainValue => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null);
