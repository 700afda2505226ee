// Conditions, parsed and checked against what they see; every fault lands on its own letters in the file.
import { checkCondition, variableCycles, type Expr, type TypeEnvironment } from '../../../conditions';
import type { ConditionPlace } from '../../../documents';
import type { Problem } from '../../../text';
import type { DocumentFacts } from '../../../workspace';
import { scalarMap, type PathStep } from '../../../yaml';
import { effectOf, environmentOfStandard, policyEnvironments, policyVariables, type PolicyVariables } from '../../condition-environment';
import type { Faults } from '../../condition-memo';
import type { Rule, RuleContext } from '../../rule';
import { cutAt } from '../../../policy';
import { list, specOf } from '../values';
import { conditionDocs } from './docs';

export const condition: Rule = {
  codes: conditionDocs,
  check(context) {
    for (const document of context.facts.documents) if (document.conditions.length > 0) checkDocument(context, document);
  },
};

interface Parsed {
  readonly place: ConditionPlace;
  readonly ast: Expr | null;
  readonly problems: readonly Problem[];
  readonly sound: readonly Expr[];
}

/** The conditions of a Policy by where they stand. */
interface Found {
  readonly rules: Map<PathStep | undefined, { when?: Parsed; unless?: Parsed }>;
  readonly variables: Map<string, Parsed>;
}

function checkDocument(context: RuleContext, document: DocumentFacts): void {
  // a condition that YAML cut or tore has one fault, and it is not the condition's
  const parsed = document.conditions.filter((place) => !cutAt(context.text, place) && !isTorn(context.text, document, place)).map((place): Parsed => ({ place, ...context.conditions.parse(place.node.text) }));
  const found = foundOf(parsed);
  const variables = policyVariables(document, context.queries, context.conditions.parse);
  const environments = policyEnvironments(document, variables, context.queries, context.conditions);
  for (const item of parsed) {
    place(context, item, item.problems);
    // of a condition that cannot be read as a whole, what can be read of it
    const whole = item.ast;
    const parts = whole ? [whole] : item.sound;
    parts.forEach((ast, part) => {
      if (document.kind === 'Policy') checkPolicy(context, document, item, { ast, part }, environments(item.place.path), variables, found);
      else place(context, item, checkCondition(ast, environmentOfStandard()).problems);
    });
  }
  if (document.kind === 'Policy') reportCycles(context, variables, found);
}

function foundOf(parsed: readonly Parsed[]): Found {
  const found: Found = { rules: new Map(), variables: new Map() };
  for (const item of parsed) {
    const [section, list, entry, key, ...deeper] = item.place.path;
    if (section !== 'spec' || deeper.length > 0) continue;
    if (list === 'variables' && key === undefined) found.variables.set(String(entry), item);
    if (list !== 'rules' || (key !== 'when' && key !== 'unless')) continue;
    let rule = found.rules.get(entry);
    if (!rule) found.rules.set(entry, (rule = {}));
    rule[key] = item;
  }
  return found;
}

/** Whether a fault of the file's syntax lies in the condition's text, before it as a tag, or on its line behind it: what was read of it is not what was written. */
function isTorn(text: string, document: DocumentFacts, { node }: ConditionPlace): boolean {
  if (document.syntax.length === 0) return false;
  const line = text.indexOf('\n', node.end);
  const end = line < 0 ? text.length : line;
  return document.syntax.some(({ code, span }) => {
    if (code === 'duplicate-key' || span.start > end) return false;
    if (span.start < node.start) return span.end <= node.start && text.slice(span.end, node.start).trim() === '';
    return span.start <= node.end || !/[,}]/.test(text.slice(node.end, span.start));
  });
}

function checkPolicy(context: RuleContext, document: DocumentFacts, item: Parsed, { ast, part }: { ast: Expr; part: number }, env: TypeEnvironment, variables: PolicyVariables, found: Found): void {
  const result = item.place.path[1] === 'variables' ? checkVariable(context, item, ast, part, env) : checkRule(context, document, item, ast, part, env, variables, found);
  place(context, item, result.problems);
  for (const [name, problems] of result.inVariables) {
    const variable = found.variables.get(name);
    if (variable) place(context, variable, problems);
  }
}

const checkVariable = (context: RuleContext, item: Parsed, ast: Expr, part: number, env: TypeEnvironment): Faults =>
  context.conditions.check(env, JSON.stringify(['variable', false, part, item.place.node.text]), () => checkCondition(ast, env, { result: 'any' }));

function checkRule(context: RuleContext, document: DocumentFacts, item: Parsed, ast: Expr, part: number, env: TypeEnvironment, variables: PolicyVariables, found: Found): Faults {
  const { path, node } = item.place;
  const role = path[3] === 'unless' ? 'unless' : 'when';
  const other = found.rules.get(path[2])?.[role === 'when' ? 'unless' : 'when'];
  const check = (): Faults => {
    const appliesOnError = effectOf(document, Number(path[2])) !== 'allow';
    const id = JSON.stringify([role, appliesOnError, part, node.text, other?.place.node.text]);
    return context.conditions.check(env, id, () => checkCondition(ast, env, { role, other: other?.ast ?? null, appliesOnError, variables: variables.asts }));
  };
  // the value of a rule under edit is the same as long as its text is
  const rule = ruleAt(document, Number(path[2]));
  return rule && item.ast ? context.conditions.ofRule(rule, role, env, item.ast, other?.ast ?? null, check) : check();
}

function ruleAt(document: DocumentFacts, index: number): object | null {
  const value = list(specOf(document.value).rules)[index];
  return typeof value === 'object' ? value : null;
}

/** Moves problems from the condition's own text to the file. */
function place(context: RuleContext, item: Parsed, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const { node } = item.place;
  const map = node.text.trim() === '' ? null : scalarMap(context.text, node);
  if (!map) return problems.forEach((problem) => context.report({ ...problem, span: { start: node.start, end: node.end } }));
  const escaped = node.style === 'single' || node.style === 'double';
  for (const problem of problems) {
    const fixes = (problem.fixes ?? []).map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ span: map.span(edit.span.start, edit.span.end), newText: escaped ? quoteFor(item, edit.newText) : edit.newText })) }));
    context.report({ ...problem, span: map.span(problem.span.start, problem.span.end), fixes: map.exact ? fixes : [] });
  }
}

/** New text as it is written inside the scalar's quotes. */
const quoteFor = (item: Parsed, newText: string): string =>
  item.place.node.style === 'single' ? newText.replaceAll("'", "''") : newText.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

function reportCycles(context: RuleContext, variables: PolicyVariables, found: Found): void {
  for (const cycle of variableCycles(variables.asts)) {
    const first = found.variables.get(cycle[0] ?? '');
    if (!first) continue;
    const { node } = first.place;
    context.report({ code: 'condition/type', span: { start: node.start, end: node.end }, message: `The variables ${[...cycle, cycle[0]].map((n) => `\`${n}\``).join(' → ')} use each other in a circle, so none has a value. Break the circle.` });
  }
}
