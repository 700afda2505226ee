// A manifest as an agent, with the points at which a policy decides.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at, bareAgent, entriesOf, fieldsOf, labelsOf, toolAt } from '../agent';
import { spanOf, textField } from '../fields';
import type { ForeignAgent, Spanned } from '../format';
import { baseName } from '../paths';

export interface Manifest {
  readonly map: MapNode;
  readonly agent: ForeignAgent;
  readonly points: readonly Point[];
  readonly policies: readonly { readonly key: Spanned<string>; readonly map: MapNode; readonly type: string }[];
  /** it takes parts from other manifests, which this file does not show */
  readonly extended: boolean;
  /** the files among them, as written */
  readonly bases: readonly string[];
}

export interface Point {
  readonly key: Spanned<string>;
  readonly map: MapNode;
  /** the id of the policy that decides */
  readonly policy: Spanned<string> | null;
  readonly query: boolean;
}

/** Of 0.3, whose words 0.4 changed. */
export const isOld = (map: MapNode): boolean => /^0\.[0-3](?:\D|$)/.test((textOf(valueOf(map, 'agent_control_specification_version')) ?? '').trim());

/** The fixed names, in the order of a run. */
export const POINTS: readonly string[] = ['agent_startup', 'input', 'pre_model_call', 'post_model_call', 'pre_tool_call', 'post_tool_call', 'output', 'agent_shutdown'];

export function readManifest(path: string, map: MapNode): Manifest {
  const name = textField(at(map, 'metadata'), 'name');
  const first = map.pairs[0];
  const tools = entriesOf(valueOf(map, 'tools'));
  const extended = resolve(valueOf(map, 'extends'));
  return {
    map,
    agent: {
      ...bareAgent(name?.value ?? baseName(path).replace(/\.(?:acs\.)?(?:ya?ml|json)$/i, ''), name?.span ?? spanOf(first?.key ?? map)),
      title: name, purpose: textField(at(map, 'metadata'), 'description'), owner: textField(at(map, 'metadata'), 'owner'),
      tools: tools.map(({ key }) => toolAt(`acs/${key.value}`, key)),
      labels: labelsOf(at(map, 'metadata')),
      fields: fieldsOf(map),
    },
    points: entriesOf(valueOf(map, 'intervention_points')).map(({ key, map: point }) => ({
      key, map: point, policy: textField(at(point, 'policy'), 'id') ?? textField(point, 'policy'), query: textOf(at(point, 'policy', 'query')) !== null,
    })),
    policies: entriesOf(valueOf(map, 'policies')).map(({ key, map: policy }) => ({ key, map: policy, type: textOf(valueOf(policy, 'type')) ?? '' })),
    extended: (extended?.kind === 'seq' && extended.items.length > 0) || (extended?.kind === 'scalar' && extended.text !== ''),
    bases: (extended?.kind === 'seq' ? extended.items : extended ? [extended] : []).flatMap((item) => textOf(item) ?? []),
  };
}
