// A manifest's policy in Cedar as rules: a forbid denies, advice asks, and whatever fails denies too.
import type { Span } from '../../text';
import { ERROR, TRUE, clausesOf, isRecord, outcomesOfPolicy, type CedarEngine, type CedarPolicy, type Json } from '../cedar';
import type { OtherFiles } from '../format';
import { resolveBeside } from '../paths';
import type { ArgumentTest, ForeignRule, PermissionEffect, TestResult } from '../permissions';
import { mapValue } from './detail';
import type { MergedEntry } from './merge';
import { entityStore, requestFor, type PointPaths } from './request';

export interface CedarRules {
  readonly rules: readonly ForeignRule[];
  readonly unknown: readonly string[];
}

interface Source {
  readonly text: string;
  /** the file, for a policy that stands in one of its own */
  readonly file: string | null;
}

/** `span`: where the rules are shown. `escalates`: somebody is there to ask. */
export function cedarRules(id: string, policy: MergedEntry, others: OtherFiles, engine: CedarEngine, paths: PointPaths, escalates: boolean, span: Span): CedarRules {
  const fields = mapValue(policy.value);
  const unknown = (why: string): CedarRules => ({ rules: [], unknown: [`the policy \`${id}\` decides every tool call, in Cedar, and ${why}`] });
  if (fields['query'] !== undefined) return unknown('its `query` asks in a way that is not followed here');
  const source = sourceOf(policy, fields, others);
  if (!source) return unknown('its text is not in the workspace');
  const store = entitiesOf(policy, fields['entities_path'], others);
  if (!store) return unknown('its entities cannot be read here');
  const { policies, faults } = engine.parse(source.text);
  if (faults.length > 0) return { rules: [denial(`${id}, which Cedar cannot read`, span, null)], unknown: [] };
  const outcomes = (one: CedarPolicy, args: { readonly [name: string]: unknown }, resource: string): number => outcomesOfPolicy(one, requestFor(toolIn(resource), args, paths, store), engine);
  const rules = policies.map((one, index): ForeignRule => {
    const effect = effectOf(one, escalates);
    const name = one.annotations.get('id')?.trim() ?? '';
    const written = name === '' ? `${one.effect} (statement ${index + 1} of ${source.file ?? id})` : `${one.effect} @id("${name}")`;
    const failing = one.effect === 'forbid' ? ERROR : 0;
    const where: ArgumentTest | null = always(one) ? null : {
      key: `acs ${JSON.stringify(one.json)} ${JSON.stringify(paths)}`, words: `${clausesOf(one.json).length > 0 ? 'its conditions hold' : 'it is for this call'} in \`${source.file ?? id}\``, args: [],
      test: (args, resource): TestResult => told(outcomes(one, args, resource), TRUE | failing),
    };
    return { written, span, effect, actions: ['call'], resources: ['tool:acs/*'], agents: null, where, ignored: null };
  });
  const conditional = policies.filter((one) => !always(one));
  const fails: ArgumentTest = {
    key: `acs fails ${JSON.stringify(conditional.map(({ json }) => json))} ${JSON.stringify(paths)}`, words: 'a policy fails, as where it reads what is not there', args: [],
    test(args, resource): TestResult {
      let result: TestResult = false;
      for (const one of conditional) {
        const found = told(outcomes(one, args, resource), ERROR);
        if (found === true) return true;
        if (found === 'unknown') result = found;
      }
      return result;
    },
  };
  return { rules: [...rules, ...(conditional.length > 0 ? [denial(`${id}, where a policy of it fails`, span, fails)] : [])], unknown: [] };
}

const told = (outcomes: number, wanted: number): TestResult => ((outcomes & ~wanted) === 0 ? true : (outcomes & wanted) === 0 ? false : 'unknown');

const denial = (written: string, span: Span, where: ArgumentTest | null): ForeignRule => ({ written, span, effect: 'deny', actions: ['call'], resources: ['tool:acs/*'], agents: null, where, ignored: null, implied: true });

export const toolIn = (resource: string): string => resource.slice(resource.indexOf('/') + 1);

const open = (constraint: Json | undefined): boolean => isRecord(constraint) && constraint['op'] === 'All';
const always = ({ json }: CedarPolicy): boolean => clausesOf(json).length === 0 && open(json['principal']) && open(json['action']) && open(json['resource']);

/** A permit's advice: `escalate` asks, where somebody can be asked; advice that is none denies. */
function effectOf({ effect, annotations }: CedarPolicy, escalates: boolean): PermissionEffect {
  const advice = annotations.get('advice');
  if (effect === 'forbid') return 'deny';
  if (advice === undefined) return 'allow';
  const verdict = verdictOf(advice);
  if (verdict === 'escalate') return escalates ? 'require_approval' : 'deny';
  return verdict === 'warn' || verdict === 'transform' ? 'allow' : 'deny';
}

const MEMBERS: ReadonlySet<string> = new Set(['verdict', 'reason', 'message', 'transform']);

function verdictOf(advice: string): string | null {
  try {
    const json = JSON.parse(advice) as Json;
    if (!isRecord(json) || typeof json['verdict'] !== 'string' || Object.keys(json).some((key) => !MEMBERS.has(key))) return null;
    return (json['verdict'] === 'transform') === isRecord(json['transform']) ? json['verdict'] : null;
  } catch {
    return null;
  }
}

function sourceOf(policy: MergedEntry, fields: { readonly [key: string]: unknown }, others: OtherFiles): Source | null {
  if (typeof fields['policy_set'] === 'string') return { text: fields['policy_set'], file: null };
  const file = found(policy.path, fields['policy_path'], others);
  const text = file === null ? null : others.text(file);
  return text === null ? null : { text, file };
}

/** From the manifest's folder, else from the workspace's. */
function found(manifest: string, written: unknown, others: OtherFiles): string | null {
  return candidates(manifest, written).find((path) => others.text(path) !== null) ?? null;
}

/** Where a file that a manifest names may stand. */
export const candidates = (manifest: string, written: unknown): readonly string[] => (typeof written === 'string' ? [...new Set([resolveBeside(manifest, written), resolveBeside('', written)])].filter((path) => path !== null) : []);

function entitiesOf(policy: MergedEntry, written: unknown, others: OtherFiles): ReturnType<typeof entityStore> {
  if (written === undefined || written === null) return entityStore([]);
  const file = found(policy.path, written, others);
  try {
    return file === null ? null : entityStore(JSON.parse(others.text(file) ?? '') as Json);
  } catch {
    return null;
  }
}

