// What a manifest decides about tool calls: a policy in another language does, so that nothing is certain here.
import { STRICTEST, type ForeignPermissions } from '../permissions';
import type { Manifest } from './read-manifest';

const LANGUAGES: ReadonlyMap<string, string> = new Map([['rego', 'Rego'], ['cedar', 'Cedar'], ['custom', 'an adapter of its own'], ['test', 'a fixture for tests']]);

/** Nothing where no policy stands before tool calls; then this manifest has no say in them. */
export function permissionsOf({ points, policies, extended }: Manifest): readonly ForeignPermissions[] {
  const point = points.find(({ key }) => key.value === 'pre_tool_call');
  if (!point) return [];
  const id = point.policy?.value ?? null;
  const type = policies.find(({ key }) => key.value === id)?.type ?? '';
  const language = LANGUAGES.get(type) ?? (extended ? 'a manifest that it extends' : 'a policy that is not in the file');
  return [{
    family: 'acs', governs: { kind: 'file' }, order: STRICTEST, covers: ['tool:acs/*'], rules: [],
    // not a denial, which would stand: whatever the policy says is unknown
    default: { effect: 'allow', otherwise: [], words: 'the policy of the point decides', span: point.key.span, rank: 1 },
    unknown: [`the policy \`${id ?? 'without an id'}\` decides every tool call, in ${language}, which is not evaluated here`],
  }];
}
