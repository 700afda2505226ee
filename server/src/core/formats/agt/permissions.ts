// Rules of a toolkit policy as permissions: the engine's strategy says which of those that match decides, and a warning that wins denies where only `allow` allows.
import type { Span } from '../../text';
import type { ArgumentTest, ArgumentValues, ForeignPermissions, ForeignRule, PermissionEffect, PermissionGoverns } from '../permissions';
import { goPermissions } from './go';
import { dotnetHolds, namesInText, typescriptHolds } from './other-conditions';
import { namesIn, pythonHolds } from './python-condition';
import type { AgtPolicy, Dialect, PolicyFacts, RuleFacts } from './read-policy';

/** Only `allow` allows in the Python and TypeScript engines. */
const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([
  ['allow', 'allow'], ['deny', 'deny'], ['warn', 'deny'], ['log', 'deny'], ['require_approval', 'require_approval'],
]);
/** In .NET a warning lets through, and so does a rate that is not reached. */
const OF_DOTNET: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([...EFFECTS, ['warn', 'allow'], ['log', 'allow'], ['rate_limit', 'allow']]);

/** A rule, and the policy in whose file it stands where that is another. */
export interface PlacedAgtRule {
  readonly rule: RuleFacts;
  /** where to show it, for one of another file */
  readonly at: Span | null;
  /** why the engine leaves it out */
  readonly ignored: string | null;
}

/** What the whole is: with the rules of the files that it extends, or why it does not load, or what is not known of them. */
export interface WholePolicy {
  readonly rules: readonly PlacedAgtRule[];
  readonly failure: { readonly words: string; readonly span: Span } | null;
  readonly unknown: readonly string[];
}

/** Of the dialects whose rules are of another kind; null for the three engines. */
export function otherPermissions(policy: AgtPolicy): ForeignPermissions | null {
  if (policy.dialect === 'proxy') return proxy(policy);
  if (policy.dialect === 'go') return goPermissions(policy);
  return policy.dialect === 'trust' ? unread(policy) : null;
}

export function permissionsOf(policy: PolicyFacts, whole: WholePolicy): readonly ForeignPermissions[] {
  const names = policy.agents?.map(({ value }) => value) ?? [];
  // without agents it is for nobody in Python, and for everybody in the others
  const everybody = names.includes('*') || (policy.agents === null && policy.dialect !== 'python');
  const governs: PermissionGoverns = everybody ? { kind: 'any' } : { kind: 'agents', names };
  const common = { family: 'agt', governs, order: { kind: 'first' }, covers: ['tool:*'] } as const;
  if (whole.failure) return [{ ...common, rules: [], unknown: [], default: { effect: 'deny', otherwise: [], words: `the engine refuses to load it (${whole.failure.words}), and without a policy everything is denied`, span: whole.failure.span, rank: 1 } }];
  return [{
    ...common, rules: inOrder(whole.rules, policy.strategy).flatMap((placed) => rulesOf(placed, policy.dialect)), unknown: whole.unknown,
    default: { effect: policy.default?.value === 'allow' ? 'allow' : 'deny', otherwise: [], words: policy.default ? `\`default_action\` is \`${policy.default.value}\`` : 'without a `default_action` the engine denies', span: policy.default?.span ?? null, rank: 1 },
  }];
}

/** As the engine asks them: by priority, and what overrides before all others. Of one file all have the same scope, so that the most specific is the one of the highest priority. */
function inOrder(rules: readonly PlacedAgtRule[], strategy: PolicyFacts['strategy']): readonly PlacedAgtRule[] {
  const first = strategy === 'deny_overrides' ? 'deny' : strategy === 'allow_overrides' ? 'allow' : null;
  const rank = ({ rule }: PlacedAgtRule): number => ((rule.action?.value ?? 'deny') === first ? 1 : 0);
  return [...rules].sort((a, b) => rank(b) - rank(a) || b.rule.priority - a.rule.priority);
}

const placeOf = (rule: RuleFacts): Span => rule.name?.span ?? rule.condition?.span ?? { start: rule.start, end: rule.start };

function rulesOf({ rule, at, ignored }: PlacedAgtRule, dialect: Dialect): ForeignRule[] {
  const action = rule.action?.value ?? 'deny';
  const effect = (dialect === 'dotnet' ? OF_DOTNET : EFFECTS).get(action);
  if (!effect || (!rule.condition && dialect !== 'typescript')) return [];
  const where = rule.condition ? testOf(rule.condition.value, dialect) : null;
  const common = { span: at ?? placeOf(rule), actions: ['call'], resources: ['tool:*'], agents: null, ignored: ignored ?? leftOut(rule, dialect) } as const;
  const written = rule.name?.value ?? rule.condition?.value ?? action;
  const own: ForeignRule = { ...common, written, effect, where, ...(rule.approvers.length > 0 ? { approvers: rule.approvers } : {}) };
  if ((rule.limit === null && action !== 'rate_limit') || effect === 'deny' || own.ignored !== null) return [own];
  // past the rate the winner denies, and how often something was done is not known here
  const limited: ArgumentTest = {
    key: `agt limit ${dialect} ${rule.limit ?? ''} ${rule.condition?.value ?? ''}`, words: `\`${written}\` was asked more often than ${rule.limit === null ? 'its rate' : `\`${rule.limit}\``} allows`, args: where?.args ?? [],
    test: (args, resource) => (where === null || where.test(args, resource) === true ? 'unknown' : false),
  };
  return [{ ...common, written: `${written} past its limit`, effect: 'deny', where: limited, implied: true }, own];
}

function leftOut({ enabled, stage }: RuleFacts, dialect: Dialect): string | null {
  if (!enabled) return 'It is disabled.';
  // the other engines know no stages
  return dialect === 'python' && stage !== 'pre_tool' ? `It is asked at the stage \`${stage}\`, not before a tool is called.` : null;
}

/** What the engines take out of the arguments themselves, by reading SQL and commands. */
const FACETS = /^(?:sql|k8s)\./;

function testOf(text: string, dialect: Dialect): ArgumentTest {
  const names = dialect === 'python' ? namesIn(text) : namesInText(text);
  const holds = dialect === 'python' ? pythonHolds : dialect === 'dotnet' ? dotnetHolds : typescriptHolds;
  const engine = dialect === 'python' ? 'the Python engine' : dialect === 'dotnet' ? 'the .NET engine' : 'the TypeScript engine';
  return {
    key: `agt ${dialect} ${text}`, words: `${engine} finds \`${text}\` true`, args: [...new Set(names.filter((name) => !OF_THE_TOOL.has(name)).map((name) => name.split('.')[0] ?? name))],
    test(args, resource) {
      let unknown = false;
      const found = holds(text, (path) => {
        if (FACETS.test(path) && !Object.hasOwn(args, path.split('.')[0] ?? '')) unknown = true;
        return lookup(path, args, resource);
      });
      return unknown ? 'unknown' : found;
    },
  };
}

const OF_THE_TOOL: ReadonlySet<string> = new Set(['tool_name', 'tool', 'tool.name']);

/** What the engine's context holds of a request: the tool's name, and its arguments. */
function lookup(path: string, args: ArgumentValues, resource: string): unknown {
  if (OF_THE_TOOL.has(path) && !Object.hasOwn(args, path.split('.')[0] ?? '')) return resource.slice(resource.lastIndexOf('/') + 1).replace(/^tool:/, '');
  let here: unknown = args;
  for (const step of path.split('.')) here = typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? (here as ArgumentValues)[step] : undefined;
  return here;
}

/** The proxy's rules over tools: the first that matches, and a denial where none does. */
function proxy(policy: AgtPolicy): ForeignPermissions {
  return {
    family: 'agt', governs: { kind: 'any' }, order: { kind: 'first' }, covers: ['tool:*'],
    rules: policy.rules.flatMap((rule): ForeignRule[] => {
      const effect = EFFECTS.get(rule.action?.value ?? '');
      if (!effect || !rule.tool) return [];
      const conditional = rule.map.pairs.some((pair) => pair.key.text === 'conditions');
      const where: ArgumentTest | null = conditional ? { key: `agt proxy ${rule.tool.span.start}`, words: 'its `conditions` hold', args: [], test: () => 'unknown' } : null;
      const name = rule.tool.value;
      return [{ written: name, span: rule.tool.span, effect, actions: ['call'], resources: name === '*' ? ['tool:*'] : [`tool:*/${name}`], agents: null, where, ignored: null }];
    }),
    default: { effect: 'deny', otherwise: [], words: 'what no rule names is denied', span: policy.default?.span ?? null, rank: 1 }, unknown: [],
  };
}

/** The rules in the order in which the engine asks them, each hanging on what is not known here. */
function unread(policy: AgtPolicy): ForeignPermissions {
  // a lower number is asked first
  const rules = [...policy.rules].sort((a, b) => a.priority - b.priority);
  return {
    family: 'agt', governs: { kind: 'agents', names: policy.agents?.map(({ value }) => value) ?? [] }, order: { kind: 'first' }, covers: ['tool:*'],
    rules: rules.filter((rule) => rule.enabled).flatMap((rule): ForeignRule[] => {
      const effect = EFFECTS.get(rule.action?.value ?? 'deny');
      const span = placeOf(rule);
      return effect ? [{
        written: rule.name?.value ?? rule.action?.value ?? 'rule', span, effect, actions: ['call'], resources: ['tool:*'], agents: null, ignored: null,
        where: { key: `agt ${policy.dialect} ${span.start} ${rule.name?.value ?? ''}`, words: `its condition holds, which rests on trust scores`, args: [], test: () => 'unknown' },
      }] : [];
    }),
    default: { effect: 'allow', otherwise: [], words: 'what no rule names is allowed, unless the trust score is low', span: null, rank: 1 },
    unknown: ['the policy decides by trust scores, which are not known here'],
  };
}
