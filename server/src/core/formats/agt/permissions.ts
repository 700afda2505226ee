// Rules of a toolkit policy as permissions: the highest priority that matches decides, a warning that wins denies too.
import type { ArgumentTest, ArgumentValues, ForeignPermissions, ForeignRule, PermissionEffect } from '../permissions';
import type { Span } from '../../text';
import { textField } from '../fields';
import { namesIn, pythonHolds } from './python-condition';
import type { AgtPolicy, AgtRule } from './read-policy';

/** `warn` and `log` that win leave the call not allowed in the Python engine. */
const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([
  ['allow', 'allow'], ['deny', 'deny'], ['warn', 'deny'], ['log', 'deny'], ['require_approval', 'require_approval'],
]);

export function permissionsOf(policy: AgtPolicy): readonly ForeignPermissions[] {
  if (policy.dialect === 'proxy') return [proxy(policy)];
  if (policy.dialect === 'trust' || policy.dialect === 'go') return [unread(policy, policy.dialect === 'trust' ? 'trust scores' : 'the conditions of the Go engine')];
  const names = policy.agents?.map(({ value }) => value) ?? [];
  const everybody = policy.dialect !== 'python' || names.includes('*');
  const rules = policy.rules.filter((rule) => rule.enabled && rule.stage === 'pre_tool');
  const rated = policy.rules.some((rule) => rule.action?.value === 'rate_limit');
  return [{
    family: 'agt', governs: everybody ? { kind: 'any' } : { kind: 'agents', names }, order: { kind: 'first' }, covers: ['tool:*'],
    rules: [...rules].sort((a, b) => b.priority - a.priority).flatMap((rule) => ruleOf(rule, policy.dialect)),
    default: { effect: policy.default?.value === 'allow' ? 'allow' : 'deny', otherwise: [], words: policy.default ? `\`default_action\` is \`${policy.default.value}\`` : 'without a `default_action` the engine denies', span: policy.default?.span ?? null, rank: 1 },
    unknown: [...(policy.extended ? ['the rules of the files that it extends are not read with it'] : []), ...(rated ? ['how often something was done is not known here'] : [])],
  }];
}

const placeOf = (rule: AgtRule): Span => rule.name?.span ?? rule.condition?.span ?? { start: rule.map.start, end: rule.map.start };

function ruleOf(rule: AgtRule, dialect: AgtPolicy['dialect']): ForeignRule[] {
  const effect = EFFECTS.get(rule.action?.value ?? 'deny');
  if (!effect || !rule.condition) return [];
  const where = dialect === 'python' ? pythonTest(rule.condition.value) : otherTest(rule.condition.value, dialect);
  return [{ written: rule.name?.value ?? rule.condition.value, span: placeOf(rule), effect, actions: ['call'], resources: ['tool:*'], agents: null, where, ignored: null }];
}

const pythonTest = (text: string): ArgumentTest => ({
  key: `agt python ${text}`, words: `the Python engine finds \`${text}\` true`, args: namesIn(text).filter((name) => name !== 'tool_name'),
  test: (args, resource) => pythonHolds(text, (path) => lookup(path, args, resource)),
});

/** The other engines agree with the Python one on comparing a name with a text; on the rest they differ, and nothing is claimed. */
function otherTest(text: string, dialect: string): ArgumentTest {
  const simple = /^\w+(?:\.\w+)*\s*[=!]=\s*(?:'[^']+'|"[^"]+")$/.test(text.trim());
  return { ...pythonTest(text), key: `agt ${dialect} ${text}`, words: `the engine finds \`${text}\` true`, ...(simple ? {} : { test: () => 'unknown' as const }) };
}

/** What the engine's context holds of a request: the tool's name, and its arguments. */
function lookup(path: string, args: ArgumentValues, resource: string): unknown {
  const tool = resource.slice(resource.lastIndexOf('/') + 1).replace(/^tool:/, '');
  if (path === 'tool_name' || path === 'tool' || path === 'tool.name') return tool;
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
function unread(policy: AgtPolicy, what: string): ForeignPermissions {
  const go = policy.dialect === 'go';
  // of the trust policy a lower number is asked first, of the Go engine's what stands first
  const rules = go ? policy.rules : [...policy.rules].sort((a, b) => a.priority - b.priority);
  return {
    family: 'agt', governs: { kind: 'agents', names: policy.agents?.map(({ value }) => value) ?? [] }, order: { kind: 'first' }, covers: ['tool:*'],
    rules: rules.filter((rule) => rule.enabled).flatMap((rule): ForeignRule[] => {
      const effect = EFFECTS.get((go ? textField(rule.map, 'effect')?.value : rule.action?.value) ?? 'deny');
      const span = placeOf(rule);
      return effect ? [{
        written: rule.name?.value ?? rule.action?.value ?? 'rule', span, effect, actions: ['call'], resources: ['tool:*'], agents: null, ignored: null,
        where: { key: `agt ${policy.dialect} ${span.start} ${rule.name?.value ?? ''}`, words: `its condition holds, which rests on ${what}`, args: [], test: () => 'unknown' },
      }] : [];
    }),
    default: go ? { effect: 'deny', otherwise: [], words: 'what no rule names is denied', span: null, rank: 1 } : { effect: 'allow', otherwise: [], words: 'what no rule names is allowed, unless the trust score is low', span: null, rank: 1 },
    unknown: [`the policy decides by ${what}, which are not known here`],
  };
}
