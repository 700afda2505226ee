// Why each rule applied or did not: the first matcher that failed and what it was compared with, or what its condition saw.
import { CelError, explain, plainOf, reason, type ConditionInput, type Evaluation } from '../conditions';
import { gateId, type Agent, type AgentGate, type Because, type Matcher, type TraceEntry, type TraceValue } from '../model';
import type { Span } from '../text';
import { scalarMap } from '../yaml';
import { gateMismatch } from './gates';
import { conditionOf, mismatch, type Target } from './match';
import type { CompiledCheck, CompiledPolicy, CompiledRule } from './rule';
import { whereWords } from './trace-foreign';

export interface TraceOptions {
  readonly target: Target;
  readonly input: ConditionInput;
  readonly evaluation: Evaluation;
  readonly time: number;
  /** the text of a file, for places inside conditions */
  text(path: string): string;
}

const NOTHING: readonly never[] = [];
/** A rule that fails one of these speaks of something else. */
const FOR_ANOTHER: ReadonlySet<Matcher> = new Set(['scope.agents', 'agents', 'actions', 'resources']);

/** A rule that is not for the request. Its words are made when somebody reads them: most rules of a workspace are such, and a page shows few. */
class NotForIt implements TraceEntry {
  readonly id: string;
  readonly file: string;
  readonly span: Span;
  readonly effect: CompiledRule['effect'];
  readonly matched = false;
  readonly because: Because;
  readonly values = NOTHING;
  readonly error = null;
  readonly #rule: CompiledRule;
  readonly #failed: Exclude<Matcher, 'when'>;
  readonly #target: Target;

  constructor(rule: CompiledRule, failed: Exclude<Matcher, 'when'>, target: Target) {
    this.id = rule.id;
    this.file = rule.file;
    this.span = rule.span;
    this.effect = rule.effect;
    this.because = failed;
    this.#rule = rule;
    this.#failed = failed;
    this.#target = target;
  }

  get detail(): string {
    return mismatchWords(this.#failed, this.#rule, this.#target);
  }

  get concerns(): boolean {
    return !FOR_ANOTHER.has(this.#failed) && concerns(this.#rule, this.#target);
  }
}

export function traceRule(rule: CompiledRule, options: TraceOptions): TraceEntry {
  const { target } = options;
  const failed = mismatch(rule, target);
  if (failed !== null) return new NotForIt(rule, failed, target);
  const entry = (matched: boolean, because: Because, detail: string, more: Partial<Pick<TraceEntry, 'values' | 'error'>> = {}): TraceEntry => ({
    id: rule.id, file: rule.file, span: rule.span, effect: rule.effect, matched, because, detail, values: NOTHING, error: null, concerns: true, ...more,
  });
  if (rule.where !== null) {
    const { matched, because, detail, error } = whereWords(rule, options.evaluation);
    return entry(matched, because, detail, { error });
  }
  if (rule.expires < options.time) return entry(false, 'expired', `expired on ${rule.expiresText}`);
  const result = conditionOf(rule, options.evaluation);
  const words = conditionWords(rule, result, options);
  const values = valuesOf(rule, options);
  const error = result instanceof CelError ? { message: result.message, span: errorSpan(rule, result, options) } : null;
  if (rule.effect === 'allow' && result instanceof CelError) return entry(false, 'error', `${words}; an error allows nothing`, { values, error });
  if (result === false) return entry(false, 'when', words, { values });
  if (rule.never) return entry(false, 'malformed', rule.malformed ? `${faultWords(rule)}; what is malformed allows nothing` : 'its file does not parse as a whole, and until it does none of its rules allows anything', { values });
  if (error) return entry(true, 'error', `${words}; on an error what restricts applies`, { values, error });
  if (rule.malformed) return entry(true, 'malformed', `${faultWords(rule)}; it applies as if ${absentWords(rule)} were not there`, { values });
  return entry(true, 'matched', words, { values });
}

export function traceGate(agent: Agent, gate: AgentGate, target: Target, open: boolean): TraceEntry {
  const failed = gateMismatch(gate, target);
  const entry = (matched: boolean, because: Because, detail: string): TraceEntry => ({ id: gateId(agent, gate), file: agent.path, span: gate.span, effect: 'require_approval', matched, because, detail, values: [], error: null, concerns: failed !== 'actions' && failed !== 'resources' });
  if (failed === 'actions') return entry(false, failed, `the gate is for \`${gate.gate ?? 'none'}\`, the action is \`${target.action}\``);
  if (failed === 'resources') return entry(false, failed, `${listWords(gate.resources ?? [])} does not match \`${target.resource}\``);
  if (failed === 'environments') return entry(false, failed, `the gate is for \`${gate.environment}\`, the environment is \`${target.environment}\``);
  if (open) return entry(false, 'record', `approved by ${[...new Set(gate.records.flatMap((record) => record.by ?? []))].map((person) => `\`${person}\``).join(', ')}`);
  return entry(true, 'matched', gate.records.length === 0 ? 'nobody has approved it yet' : `of its ${gate.records.length} ${gate.records.length === 1 ? 'record' : 'records'} too few hold`);
}

/** Whether the rule speaks of the action and the resource at all. */
const concerns = (rule: CompiledRule, { action, resource, agent }: Target): boolean =>
  (rule.actions?.matches(action) ?? true) && (rule.resources?.matches(resource) ?? true) && (rule.agents?.matches(agent) ?? true) && (rule.policy.scope.agents?.matches(agent) ?? true);

const listWords = (sources: readonly string[]): string => sources.slice(0, 5).map((source) => `\`${source}\``).join(', ') + (sources.length > 5 ? ` and ${sources.length - 5} more` : '');

function mismatchWords(failed: Exclude<Matcher, 'when'>, rule: CompiledRule, target: Target): string {
  const { scope } = rule.policy;
  const of = failed.startsWith('scope.') ? 'the policy' : 'the rule';
  const words = (sources: readonly string[] | undefined, what: string): string => `${of} is for ${listWords(sources ?? [])}; ${what}`;
  const where = target.environment === null ? 'the request names no environment' : target.nowhere ? `\`${target.environment}\` is no environment of the Catalog` : `the environment is \`${target.environment}\``;
  const roles = target.roles.length === 0 ? 'the agent has no roles' : `the agent has ${listWords(target.roles)}`;
  switch (failed) {
    case 'scope.agents':
      return words(scope.agents?.sources, `the agent is \`${target.agent}\``);
    case 'agents':
      return words(rule.agents?.sources, `the agent is \`${target.agent}\``);
    case 'scope.roles':
      return words(scope.roles?.sources, roles);
    case 'roles':
      return words(rule.roles?.sources, roles);
    case 'scope.environments':
      return words(scope.environments?.sources, where);
    case 'environments':
      return words(rule.environments?.sources, where);
    case 'actions':
      return words(rule.actions?.sources, `the action is \`${target.action}\``);
    case 'resources':
      return words(rule.resources?.sources, `the resource is \`${target.resource}\``);
  }
}

const checksOf = (rule: CompiledRule): readonly CompiledCheck[] => [rule.when, rule.unless].filter((check): check is CompiledCheck => check !== null);

/** The outcome of the condition and what decided it: where it is false or an error, only the part that makes it so. */
function conditionWords(rule: CompiledRule, result: boolean | CelError, { input, evaluation }: TraceOptions): string {
  const { when, unless, policy } = rule;
  const first = when === null ? true : when.run(evaluation);
  const second = unless === null ? false : unless.run(evaluation);
  const shown = result === true ? [when, unless] : result === false ? [first === false ? when : unless] : [first === true ? null : when, second === false ? null : unless];
  const parts = shown.flatMap((check) => (check === null ? [] : [`${check === unless ? 'unless: ' : ''}${reason(check.ast, input, policy.variables)}`]));
  return parts.length === 0 ? 'it has no condition' : parts.join('; ');
}

const faultWords = (rule: CompiledRule): string => {
  const first = rule.malformed?.causes[0]?.message.replace(/\.$/, '') ?? 'it cannot be read';
  return `malformed: ${first}`;
};
const absentWords = (rule: CompiledRule): string => [...(rule.malformed?.absent ?? [])].map((name) => `\`${name}\``).join(', ');

function valuesOf(rule: CompiledRule, options: TraceOptions): readonly TraceValue[] {
  const { policy } = rule;
  const texts = new Map([...policy.variablePlaces].map(([name, place]) => [name, place.node.text]));
  return checksOf(rule).flatMap((check) =>
    explain(check.ast, options.input, { text: check.place.node.text, variables: policy.variables, variableTexts: texts }).map((part): TraceValue => ({
      span: inFile(policy, rule.file, check, part.variable, part.span, options), text: part.text, value: part.error ? null : plainOf(part.value), error: part.error?.message ?? null,
    })));
}

/** A place inside a condition, or inside the text of a variable that it uses, as a place of the file. */
function inFile(policy: CompiledPolicy, file: string, check: CompiledCheck, variable: string | null, span: Span, options: TraceOptions): Span {
  const place = variable === null ? check.place : policy.variablePlaces.get(variable);
  return place ? scalarMap(options.text(file), place.node).span(span.start, span.end) : check.place.node;
}

/** An error of the whole condition may come from either part. */
function errorSpan(rule: CompiledRule, error: CelError, options: TraceOptions): Span {
  const check = checksOf(rule).find((one) => one.run(options.evaluation) === error) ?? checksOf(rule).find((one) => one.run(options.evaluation) instanceof CelError) ?? checksOf(rule)[0];
  return check ? inFile(rule.policy, rule.file, check, error.variable, error.span, options) : rule.span;
}
