// A gate whose records have run out: what was approved is no longer.
import { endOfDate, parseDate, parseDuration } from '../../../text';
import { agent } from '../examples';
import { list, number, specOf, table, text } from '../values';
import type { CodeDoc, Rule } from '../../rule';

const gate = (expires: string): string => agent(`approvals:\n  - gate: deploy\n    from: [risk-office]\n    records:\n      - { by: j.chen, on: 2025-09-01, expires: ${expires}, digest: "sha256:73419d948eac3eb5fe0059bfdea55f2deb645d1ed5a6068a65d50d91bef49ab0" }`);

const DOC: CodeDoc = {
  code: 'approval/expired',
  severity: 'error',
  title: 'An approval that has run out',
  doc: 'A record holds through the earlier of its own `expires` and its date plus the `expires` of its gate. Once too few records hold, the gate is closed again: what it guards needs approval. Earlier records beside enough that still hold are history, and no finding.\n\nHave it approved again (`countersign approve`).',
  bad: gate('2026-03-01'),
  good: gate('2099-03-01'),
};

export const approvalExpired: Rule = {
  codes: [DOC],
  check({ facts, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent') continue;
      list(specOf(document.value).approvals).forEach((given, index) => {
        const approval = table(given);
        const holds = parseDuration(text(approval.expires) ?? '');
        const records = list(approval.records).map(table);
        const end = (record: (typeof records)[number]): number => {
          const on = parseDate(text(record.on) ?? '');
          const own = endOfDate(text(record.expires) ?? '');
          return Math.min(own ?? Infinity, on !== null && holds !== null ? on + DAY - 1 + holds : Infinity);
        };
        // a record of a day to come does not count yet, as little as one that ran out
        const begun = (record: (typeof records)[number]): boolean => (parseDate(text(record.on) ?? '') ?? -Infinity) <= queries.now;
        const people = new Set(records.filter((r) => begun(r) && end(r) >= queries.now).map((r) => text(r.by)));
        if (people.size >= (number(approval.count) ?? 1)) return;
        records.forEach((record, at) => {
          if (end(record) >= queries.now) return;
          const pointer = `/spec/approvals/${index}/records/${at}`;
          const own = (endOfDate(text(record.expires) ?? '') ?? Infinity) < queries.now;
          const span = document.places.value(`${pointer}/${own ? 'expires' : 'on'}`) ?? document.places.value(pointer) ?? document.at;
          report({ code: DOC.code, span, message: `The approval by \`${text(record.by) ?? 'nobody'}\` ran out on ${new Date(end(record)).toISOString().slice(0, 10)}, and too few others hold. Have it approved again.` });
        });
      });
    }
  },
};

const DAY = 86_400_000;
