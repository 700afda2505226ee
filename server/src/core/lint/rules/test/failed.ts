// PolicyTests, run: a case whose decision is another than it expects.
import { ENGINES, runTests, type CaseResult } from '../../../policy';
import type { Span } from '../../../text';
import type { DocumentFacts, Queries } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, rule, testCase } from '../examples';
import { list, specOf, table, text } from '../values';

const WORLD = agent('lifecycle: production\ntools: [payments/refund]') + rule('id: refunds\neffect: allow\nactions: [call]\nresources: ["tool:payments/refund"]\nwhen: args.amount <= 500');
const refund = (amount: number): string => testCase(`name: a small refund goes through\nrequest: { agent: refund-assistant, action: call, resource: "tool:payments/refund", args: { amount: ${amount} } }\nexpect: allow`);

const DOC: CodeDoc = {
  code: 'test/failed',
  severity: 'warning',
  title: 'A policy test that fails',
  doc: 'The policies of the workspace decide the request of the case in another way than the case expects. The message says what was expected and what came out; `countersign test` also says why, rule by rule.\n\nEither a policy has changed in a way that nobody meant, or the case is out of date.',
  bad: WORLD + refund(900),
  good: WORLD + refund(20),
};

export const testFailed: Rule = {
  codes: [DOC],
  check({ facts, path, text: source, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'PolicyTest') continue;
      // the agents are asked for one by one, so that an edit of another one does not run the tests again
      for (const one of list(specOf(document.value).cases)) dependOnAgent(text(table(table(one).request).agent), queries);
      for (const result of runTests(path, document, queries.shared(ENGINES, ['Policy', 'Catalog']), { now: queries.now })) {
        if (result.passed || isFaulty(document, result)) continue;
        report({ code: DOC.code, span: firstLine(result.whole, source), message: message(result), related: related(result) });
      }
    }
  },
};

function dependOnAgent(name: string | null, queries: Queries): void {
  if (name === null) return;
  for (const declared of queries.find('agent', name)) {
    for (const document of queries.facts(declared.path)?.documents ?? []) {
      for (const reference of document.references) if (reference.kind === 'file' && reference.path[1] === 'definition') queries.facts(reference.name.replace(/^\.\//, ''));
    }
  }
}

/** A case with a fault of its own says so already. */
const isFaulty = (document: DocumentFacts, { whole }: CaseResult): boolean =>
  [...document.problems, ...document.syntax].some(({ span }) => span.start >= whole.start && span.end <= whole.end);

/** Where the case begins; not all of it, which may be long. */
function firstLine(span: Span, source: string): Span {
  const end = source.slice(span.start, span.end).search(/\r|\n/);
  return end < 0 ? span : { start: span.start, end: span.start + end };
}

function message({ name, fault, differences }: CaseResult): string {
  if (fault !== null) return `The case \`${name}\` cannot be decided. ${fault}`;
  const say = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
  return `The case \`${name}\` fails: ${differences.map(({ field, expected, actual }) => `${field} should be ${say(expected)}, and is ${say(actual)}`).join('; ')}.`;
}

const related = ({ decision }: CaseResult): { path: string; span: Span; message: string }[] =>
  (decision?.rules ?? []).slice(0, 5).map((one) => ({ path: one.file, span: one.span, message: `\`${one.id}\` decides.` }));
