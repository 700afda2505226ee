// What the formats of other tools report about their own files.
import { formatRules } from '../../formats';
import type { CodeDoc, Rule } from '../rule';

const example = ({ path, text }: { path: string; text: string }): string => `#- ${path}\n${text}`;

export const foreign: Rule = {
  codes: formatRules.map(
    (rule): CodeDoc => ({ code: rule.code, severity: rule.severity, title: rule.title, doc: rule.documentation, bad: example(rule.bad), good: example(rule.good), sensitive: rule.sensitive === true }),
  ),
  check({ facts, report }) {
    for (const problem of facts.foreign?.problems ?? []) report(problem);
  },
};
