// What the formats of other tools report about their own files.
import { formatRules } from '../../formats';
import { EXTENDED, FORMATS } from '../../workspace';
import type { CodeDoc, Rule } from '../rule';

const example = ({ path, text }: { path: string; text: string }): string => `#- ${path}\n${text}`;

/** What is missing in a file, and may stand in one that extends it; and what depends on the file that is loaded. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set(['format/acs/no-tool-control', 'format/acs/base-outside', 'format/agt/applies-to-nobody']);

export const foreign: Rule = {
  codes: formatRules.map(
    (rule): CodeDoc => ({
      code: rule.code,
      severity: rule.severity,
      title: rule.title,
      // what only people read is asked for late: a bundle may keep it elsewhere until then
      get doc() {
        return rule.documentation;
      },
      get bad() {
        return example(rule.bad);
      },
      get good() {
        return example(rule.good);
      },
      sensitive: rule.sensitive === true,
    }),
  ),
  check({ facts, path, queries, report }) {
    const others = { file: (other: string) => queries.facts(other)?.foreign ?? null, text: (other: string) => queries.text(other), exists: (other: string) => queries.exists(other), ofFormat: (format: string) => queries.shared(FORMATS).get(format) ?? [], cedar: null };
    // what the join finds does not rest on Cedar
    for (const problem of facts.foreign?.joined?.(others).problems ?? []) if (!OF_THE_WHOLE.has(problem.code) || !queries.shared(EXTENDED).has(path)) report(problem);
    for (const problem of facts.foreign?.problems ?? []) if (!OF_THE_WHOLE.has(problem.code) || !queries.shared(EXTENDED).has(path)) report(problem);
  },
};
