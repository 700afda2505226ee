// Evaluations that are due again, or whose result misses what was set for them.
import { parseDate, parseDuration } from '../../../text';
import { agent } from '../examples';
import { list, number, specOf, table, text } from '../values';
import type { CodeDoc, Rule } from '../../rule';

const entry = (more: string): string => agent(`validation:\n  - name: golden-set\n    kind: evaluation\n    metric: exact-decision\n${more.split('\n').map((l) => `    ${l}`).join('\n')}`);

const OVERDUE: CodeDoc = {
  code: 'validation/overdue',
  severity: 'warning',
  title: 'A validation that should have been run again',
  doc: '`lastRun` plus `cadence` lies in the past, so what the result says is older than it may be. Run the evaluation again and enter date and result, or set a cadence that is really kept.',
  bad: entry('cadence: 7d\nlastRun: 2026-06-01'),
  good: entry('cadence: 7d\nlastRun: 2026-11-19'),
};
const BELOW: CodeDoc = {
  code: 'validation/below-threshold',
  severity: 'warning',
  title: 'A validation whose result misses its threshold',
  doc: 'The `result` is on the wrong side of the `threshold`, by `direction`. An agent that misses its own bar should not act on its own: mend the agent, or have the owner set another bar.',
  bad: entry('direction: higher\nthreshold: 0.98\nresult: 0.91'),
  good: entry('direction: higher\nthreshold: 0.98\nresult: 0.99'),
};

export const validation: Rule = {
  codes: [OVERDUE, BELOW],
  check({ facts, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent') continue;
      list(specOf(document.value).validation).forEach((value, index) => {
        const item = table(value);
        const at = (key: string): { start: number; end: number } => document.places.value(`/spec/validation/${index}/${key}`) ?? document.at;
        const name = text(item.name) ?? 'This validation';
        const last = parseDate(text(item.lastRun) ?? '');
        const cadence = parseDuration(text(item.cadence) ?? '');
        if (last !== null && cadence !== null && last + cadence + DAY <= queries.now) {
          const days = Math.floor((queries.now - last - cadence) / DAY);
          report({ code: OVERDUE.code, span: at('lastRun'), message: `\`${name}\` was last run on ${text(item.lastRun)} and is due every ${text(item.cadence)}: ${days} ${days === 1 ? 'day' : 'days'} overdue. Run it again and enter date and result.` });
        }
        const [threshold, result, direction] = [number(item.threshold), number(item.result), text(item.direction)];
        if (threshold === null || result === null || (direction !== 'higher' && direction !== 'lower')) return;
        if (direction === 'higher' ? result < threshold : result > threshold) {
          report({ code: BELOW.code, span: at('result'), message: `\`${name}\` gave ${result}, and ${direction === 'higher' ? 'at least' : 'at most'} ${threshold} is asked for. Mend the agent, or have its owner set another bar.` });
        }
      });
    }
  },
};

const DAY = 86_400_000;
