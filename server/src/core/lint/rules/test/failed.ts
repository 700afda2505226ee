// PolicyTests, run: a case whose decision is another than it expects, or whose request is none.
import { ENGINES, POLICIES, runTests, type CaseResult } from '../../../policy';
import { patternList, type Span } from '../../../text';
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

const INVALID: CodeDoc = {
  code: 'test/invalid',
  severity: 'warning',
  title: 'A policy test that asks nothing',
  doc: 'The request of the case is none that could be made, so nothing is decided and the case tests nothing: an action that does not go with the resource, arguments with another action than `call`, two environments that differ. The message names the field.\n\nMend the request.',
  bad: WORLD + testCase('name: reading a tool\nrequest: { agent: refund-assistant, action: read, resource: "tool:payments/refund" }\nexpect: deny'),
  good: WORLD + refund(20),
};

export const testFailed: Rule = {
  codes: [DOC, INVALID],
  check({ facts, path, text: source, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'PolicyTest') continue;
      dependOn(document, queries);
      for (const result of runTests(path, document, queries.shared(ENGINES, ['Catalog']), { now: queries.now })) {
        if (result.passed || isFaulty(document, result)) continue;
        report({ code: result.fault === null ? DOC.code : INVALID.code, span: firstLine(result.whole, source), message: message(result), related: related(result) });
      }
    }
  },
};

/** Agents and policies are asked for one by one, so that an edit of others does not run the tests again. */
function dependOn(document: DocumentFacts, queries: Queries): void {
  const spec = specOf(document.value);
  for (const one of list(spec.cases)) {
    const name = text(table(table(one).request).agent);
    if (name !== null) queries.agent(name);
  }
  const wanted = list(spec.policies).flatMap((entry) => text(entry) ?? []);
  if (wanted.length === 0 || wanted.includes('*')) queries.shared(POLICIES);
  else for (const name of queries.names('policy')) if (patternList(wanted).matches(name)) queries.find('policy', name);
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
