// One name declared twice: reported at each place, with the others as related places.
import type { Declared } from '../../../workspace';
import type { Rule } from '../../rule';
import { duplicateDoc } from './docs';

const WORD: Partial<Record<string, string>> = { data: 'data source', server: 'tool server', policytest: 'test', library: 'snippet library' };

export const duplicate: Rule = {
  codes: [duplicateDoc],
  check({ facts, queries, report }) {
    for (const declared of facts.declared) {
      if (!declared.unique) continue;
      const others = queries.places(declared.kind, declared.name).filter((d) => d.unique && conflict(d, declared));
      const first = others[0];
      if (!first) continue;
      const word = WORD[declared.kind] ?? declared.kind;
      report({
        code: duplicateDoc.code,
        span: declared.span,
        message: `The ${word} \`${declared.name}\` is declared ${others.length === 1 ? 'a second time' : `${others.length} more times`}, in ${where(first, declared)}. ${LOCAL.has(declared.kind) ? 'An id must be unique in its document' : 'Names of this kind must be unique in the workspace'}: rename or remove one.`,
        related: others.slice(0, 5).map((d) => ({ path: d.path, span: d.span, message: `\`${d.name}\` is also declared here.` })),
      });
    }
  },
};

/** Kinds whose names belong to their document: of two documents of one name the documents are the duplicates, not each of their entries. */
const LOCAL: ReadonlySet<string> = new Set(['rule', 'requirement']);

/** Keys that stand twice in one document are a fault of its text, reported as such. */
function conflict(a: Declared, b: Declared): boolean {
  const together = a.path === b.path && a.document === b.document;
  if (a.kind === 'variable') return false;
  return LOCAL.has(a.kind) ? together && a.span.start !== b.span.start : !together;
}

const where = (other: Declared, here: Declared): string => (other.path === here.path ? 'this file' : `\`${other.path}\``);
