// The trace for eyes: what decided first, what else matched, then what did not, by policy, the closest first.
import type { Decision, RuleRef, TraceEntry } from '../../core/model';
import { ENGINE, type CompiledRule } from '../../core/policy';
import { LineIndex, type Span } from '../../core/text';
import type { Shared, Workspace } from '../../core/workspace';
import type { SimulatorDecision, FilePlace, SimulatorRule, SimulatorTraceRule } from '../../protocol';
import type { Place } from '../types';

export type Locate = (place: Place) => FilePlace | null;

/** A page that lists more helps nobody, and each costs time at every keystroke; the rest is counted. */
const MAX_OTHERS = 120;
const MAX_POLICIES = 60;
const MAX_VALUES = 40;
const MAX_TEXT = 300;

/** Where in the order of matchers a rule failed: the later, the closer it came. */
const CLOSENESS = ['when', 'error', 'expired', 'malformed', 'record', 'environments', 'roles', 'resources', 'actions', 'agents', 'scope.environments', 'scope.roles', 'scope.agents'];

export interface Referrer {
  rule(ref: RuleRef): SimulatorRule;
  trace(decision: Decision): Pick<SimulatorDecision, 'matched' | 'others'>;
}

/** The rules by their files and where they begin there; an edit of an agent leaves them as they are. */
const RULES: Shared<ReadonlyMap<string, ReadonlyMap<number, CompiledRule>>> = {
  id: 'rules by place',
  kinds: ['Policy', 'files'],
  make(workspace) {
    const byFile = new Map<string, Map<number, CompiledRule>>();
    for (const set of workspace.shared(ENGINE).world.sets) {
      for (const rule of [...set.rules, ...set.otherwise]) {
        const rules = byFile.get(rule.file);
        if (rules) rules.set(rule.span.start, rule);
        else byFile.set(rule.file, new Map([[rule.span.start, rule]]));
      }
    }
    return byFile;
  },
};

export function referrer(workspace: Workspace, locate: Locate): Referrer {
  const lines = new Map<string, LineIndex>();
  const lineOf = (path: string, span: Span): number => {
    let index = lines.get(path);
    if (!index) lines.set(path, (index = new LineIndex(workspace.text(path) ?? '')));
    return index.position(span.start).line + 1;
  };
  const known = workspace.shared(RULES);
  const compiled = (ref: RuleRef): CompiledRule | undefined => known.get(ref.file)?.get(ref.span.start);
  const rule = (ref: RuleRef): SimulatorRule => {
    const from = compiled(ref);
    const policy = from?.policy.name ?? gatesOf(ref);
    const span = from?.idSpan ?? ref.span;
    const file = ref.file.slice(ref.file.lastIndexOf('/') + 1);
    return { id: ref.id, name: from ? ref.id.slice(policy.length + 1) : 'approval gate', policy, label: `${file}:${lineOf(ref.file, span)}`, place: locate({ path: ref.file, span }), reason: from?.reason ?? null };
  };
  const entry = (traced: TraceEntry, decided: boolean): SimulatorTraceRule => ({
    ...rule(traced), effect: traced.effect, decided, matched: traced.matched, because: traced.because, detail: shorten(traced.detail),
    values: traced.values.slice(0, MAX_VALUES).map(({ span, text, value, error }) => ({ text: shorten(text), value: shorten(error ?? valueWords(value)), place: locate({ path: traced.file, span }) })),
  });
  return {
    rule,
    trace(decision) {
      const deciding = new Set(decision.rules.map((ref) => `${ref.file} ${ref.span.start}`));
      const decides = (traced: TraceEntry): boolean => deciding.has(`${traced.file} ${traced.span.start}`);
      const matched = decision.trace.filter((traced) => traced.matched).map((traced) => entry(traced, decides(traced)));
      const byPolicy = new Map<string, TraceEntry[]>();
      for (const traced of decision.trace) {
        if (traced.matched) continue;
        const policy = compiled(traced)?.policy.name ?? gatesOf(traced);
        const group = byPolicy.get(policy);
        if (group) group.push(traced);
        else byPolicy.set(policy, [traced]);
      }
      const groups = [...byPolicy].map(([policy, rules]) => ({ policy, rules: rules.sort((a, b) => closeness(a) - closeness(b)) }));
      // the policies that had a say are the ones that a reader looks for
      const spoke = new Set(matched.filter((each) => each.effect !== 'oblige').map((each) => each.policy));
      groups.sort((a, b) => Number(spoke.has(b.policy)) - Number(spoke.has(a.policy)) || closeness(a.rules[0]) - closeness(b.rules[0]) || (a.policy < b.policy ? -1 : 1));
      let left = MAX_OTHERS;
      const listed = (rules: readonly TraceEntry[]): readonly TraceEntry[] => {
        const some = rules.slice(0, Math.max(0, left));
        left -= some.length;
        return some;
      };
      return {
        matched: matched.sort((a, b) => Number(b.decided) - Number(a.decided) || (a.id < b.id ? -1 : 1)),
        others: groups.slice(0, MAX_POLICIES).map(({ policy, rules }) => {
          const some = listed(rules);
          return { policy, rules: some.map((traced) => entry(traced, false)), more: rules.length - some.length };
        }),
      };
    },
  };
}

const gatesOf = (ref: RuleRef): string => `approval gates of ${ref.id.slice(0, Math.max(0, ref.id.indexOf('#')))}`;

const closeness = (traced: TraceEntry | undefined): number => (traced ? CLOSENESS.indexOf(traced.because) : CLOSENESS.length);

const shorten = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

const valueWords = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
