// What a manifest decides about tool calls: the policy of the point before them, which Cedar is asked and other languages are not.
import type { Span } from '../../text';
import type { OtherFiles } from '../format';
import { STRICTEST, type ForeignPermissions, type ForeignRule } from '../permissions';
import { cedarRules, toolIn, type CedarRules } from './cedar-policy';
import { mapValue } from './detail';
import type { Merged } from './merge';
import { snapshotPath } from './request';

const LANGUAGES: ReadonlyMap<string, string> = new Map([['rego', 'Rego'], ['cedar', 'Cedar'], ['custom', 'an adapter of its own'], ['test', 'a fixture for tests']]);

/** Nothing where no policy stands before tool calls; then this manifest has no say in them. `top`: where to point when nothing else is meant. */
export function permissionsOf(merged: Merged, top: Span, others: OtherFiles): readonly ForeignPermissions[] {
  const { sections, failure, remote } = merged;
  const make = (rules: readonly ForeignRule[], effect: 'allow' | 'deny', words: string, span: Span | null, unknown: readonly string[]): readonly ForeignPermissions[] => [{
    family: 'acs', governs: { kind: 'file' }, order: STRICTEST, covers: ['tool:acs/*'], rules, default: { effect, otherwise: [], words, span, rank: 1 }, unknown,
  }];
  if (failure) return make([], 'deny', 'the manifest cannot be loaded with what it extends, and then everything is denied', failure, []);
  const point = sections.intervention_points.get('pre_tool_call');
  if (!point) return remote.length === 0 ? [] : make([], 'allow', 'no policy stands before tool calls here', top, remote.map((address) => `\`${address}\`, which it extends, is not read here, and may have a policy for tool calls`));
  const fields = mapValue(point.value);
  const id = idOf(fields['policy']);
  const policy = id === null ? undefined : sections.policies.get(id);
  const name = snapshotPath(text(fields['tool_name_from']));
  const outside = name ? [unknownTool(new Set(sections.tools.keys()), point.shown, remote.length > 0)] : [];
  // not a denial, which would stand: whatever the policy says is unknown
  const unknown = (why: string): readonly ForeignPermissions[] => make(outside, 'allow', 'the policy of the point decides', point.shown, [why]);
  if (!policy || id === null) {
    if (remote.length > 0) return unknown(`the policy \`${id ?? 'without an id'}\` decides every tool call, and may stand in \`${remote[0] ?? ''}\`, which is not read here`);
    return make([], 'deny', id === null ? 'the point names no policy, and an error is a denial' : `the point's policy \`${id}\` is nowhere, and an error is a denial`, point.shown, []);
  }
  const type = text(mapValue(policy.value)['type']) ?? '';
  if (type !== 'cedar') return unknown(`the policy \`${id}\` decides every tool call, in ${LANGUAGES.get(type) ?? 'a language that is not named'}, which is not evaluated here`);
  if (!others.cedar) return unknown(`the policy \`${id}\` decides every tool call, in Cedar, which is not loaded yet`);
  const approval = mapValue(merged.approval?.value);
  const found: CedarRules = cedarRules(id, policy, others, others.cedar, { name, args: argumentsPath(fields), annotated: Object.keys(mapValue(fields['annotations'])).length > 0 }, text(approval['default_resolver']) !== null || Object.keys(mapValue(approval['resolvers'])).length > 0, policy.shown);
  return found.unknown.length > 0 ? unknown(found.unknown[0] ?? '') : make([...outside, ...found.rules], 'deny', 'what no policy permits is denied', policy.shown, []);
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const idOf = (policy: unknown): string | null => text(policy) ?? text(mapValue(policy as never)['id']);

/** Where the arguments stand: the target, where that is they. */
function argumentsPath(fields: { readonly [key: string]: unknown }): readonly string[] | null {
  const path = snapshotPath(text(fields['policy_target']));
  if (!path || path.length === 0) return null;
  const last = path[path.length - 1] ?? '';
  if (fields['policy_target_kind'] === 'tool_args' || /^(?:args|arguments|input|params|parameters)$/.test(last)) return path;
  return last === 'tool_call' ? [...path, 'args'] : null;
}

/** A tool that the catalog does not have is an error, and an error is a denial. */
function unknownTool(names: ReadonlySet<string>, span: Span, more: boolean): ForeignRule {
  return {
    written: 'a tool that is not in `tools`', span, effect: 'deny', actions: ['call'], resources: ['tool:acs/*'], agents: null, ignored: null, implied: true,
    where: {
      key: `acs tools ${JSON.stringify([...names].sort())} ${more}`, words: 'the tool is not in the manifest\'s `tools`', args: [],
      test: (_, resource) => (names.has(toolIn(resource)) ? false : more ? 'unknown' : true),
    },
  };
}
