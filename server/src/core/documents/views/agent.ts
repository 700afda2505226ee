// The Agent manifest: short forms written out, defaults filled in, an absent block null and an empty one empty.
import type { CountersignDocument } from '../document';
import { metadataView, specOf, type MetadataView } from './metadata';
import { at, booleanAt, choicesAt, implied, items, itemsAt, located, mapAt, numberAt, oneOfAt, text, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export const LIFECYCLES = ['draft', 'pilot', 'production', 'suspended', 'retired'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];
export const AUTONOMIES = ['assist', 'propose', 'act-with-approval', 'act'] as const;
export type Autonomy = (typeof AUTONOMIES)[number];
export const OWNERSHIPS = ['dedicated-team', 'central-it', 'department'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];
export const ACCESSES = ['read', 'write', 'delete'] as const;
export type Access = (typeof ACCESSES)[number];
export const TRUSTS = ['trusted', 'internal', 'untrusted'] as const;
export type Trust = (typeof TRUSTS)[number];
export const GATES = ['deploy', 'call', 'delegate'] as const;
export type Gate = (typeof GATES)[number];
export const LOG_EVENTS = ['input', 'model_call', 'tool_call', 'tool_result', 'decision', 'output'] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

export interface AgentView {
  readonly metadata: MetadataView;
  readonly labels: ReadonlyMap<string, string>;
  readonly purpose: Field<string> | null;
  readonly owner: OwnerView | null;
  readonly definition: readonly Field<string>[] | null;
  /** `draft` where nothing else is said */
  readonly lifecycle: Field<Lifecycle>;
  readonly autonomy: Field<Autonomy> | null;
  readonly process: (Located & { readonly type: Field<string> | null; readonly functions: readonly Field<string>[] | null }) | null;
  readonly roles: readonly Field<string>[] | null;
  readonly model: ModelView | null;
  /** pattern list over `server/tool` */
  readonly tools: readonly ToolView[] | null;
  readonly data: readonly DataUseView[] | null;
  readonly delegates: readonly DelegateView[] | null;
  readonly inputs: readonly ChannelUseView[] | null;
  readonly outputs: readonly ChannelUseView[] | null;
  readonly hosting: readonly HostingView[] | null;
  readonly approvals: readonly GateView[] | null;
  readonly validation: readonly ValidationView[] | null;
  readonly logging: LoggingView | null;
  readonly intervention: InterventionView | null;
  readonly compliance: readonly ComplianceView[] | null;
  readonly slo: (Located & { readonly availability: Field<number> | null; readonly latencyP95: Field<string> | null }) | null;
  readonly budget: (Located & { readonly monthlyUsd: Field<number> | null; readonly perTaskUsd: Field<number> | null; readonly tokensPerTask: Field<number> | null }) | null;
  readonly transparency: (Located & { readonly notify: readonly Field<string>[] | null; readonly notice: Field<string> | null }) | null;
  readonly waivers: readonly WaiverView[] | null;
}

export interface OwnerView extends Located {
  readonly team: Field<string> | null;
  readonly model: Field<Ownership> | null;
  readonly accountable: Field<string> | null;
  readonly outputs: Field<string> | null;
}

export interface ModelView extends Located {
  /** `provider/name` */
  readonly id: Field<string>;
  readonly provider: string;
  readonly name: string;
  readonly fallback: readonly Field<string>[];
}

export interface ToolView extends Located {
  /** as written, with `!` where it excludes */
  readonly ref: Field<string>;
  readonly reason: Field<string> | null;
}

export interface DataUseView extends Located {
  readonly source: Field<string>;
  readonly access: readonly Field<Access>[];
  readonly purpose: Field<string> | null;
}

export interface DelegateView extends Located {
  readonly agent: Field<string>;
  readonly reason: Field<string> | null;
}

export interface ChannelUseView extends Located {
  readonly channel: Field<string>;
  readonly trust: Field<Trust> | null;
}

export interface HostingView extends Located {
  readonly environment: Field<string>;
  readonly region: Field<string> | null;
}

export interface GateView extends Located {
  /** of the list as it is written; `<agent>#approvals/<index>` */
  readonly index: number;
  readonly gate: Field<Gate> | null;
  readonly environment: Field<string> | null;
  readonly resources: readonly Field<string>[] | null;
  readonly from: readonly Field<string>[] | null;
  /** 1 where nothing else is said */
  readonly count: Field<number>;
  readonly expires: Field<string> | null;
  readonly records: readonly RecordView[];
}

export interface RecordView extends Located {
  readonly by: Field<string> | null;
  readonly on: Field<string> | null;
  readonly digest: Field<string> | null;
  readonly expires: Field<string> | null;
  readonly ticket: Field<string> | null;
}

export interface ValidationView extends Located {
  readonly name: Field<string> | null;
  readonly kind: Field<string> | null;
  readonly metric: Field<string> | null;
  readonly direction: Field<'higher' | 'lower'> | null;
  readonly threshold: Field<number> | null;
  readonly result: Field<number> | null;
  readonly cadence: Field<string> | null;
  readonly lastRun: Field<string> | null;
  readonly evidence: Field<string> | null;
}

export interface LoggingView extends Located {
  readonly sink: Field<string> | null;
  readonly events: readonly Field<LogEvent>[] | null;
  readonly redact: readonly Field<string>[] | null;
  readonly retention: Field<string> | null;
  readonly tamperEvident: Field<boolean> | null;
}

export interface InterventionView extends Located {
  readonly stop: (Located & { readonly by: readonly Field<string>[] | null; readonly method: Field<string> | null; readonly within: Field<string> | null }) | null;
  readonly humanOverride: readonly (Located & { readonly rule: Field<string> | null; readonly by: readonly Field<string>[] | null; readonly description: Field<string> | null })[] | null;
  readonly escalation: (Located & { readonly system: Field<string> | null; readonly queue: Field<string> | null; readonly within: Field<string> | null }) | null;
  readonly fallback: Field<string> | null;
}

export interface ComplianceView extends Located {
  readonly framework: Field<string>;
  readonly risk: Field<string> | null;
  readonly controls: readonly Field<string>[] | null;
}

export interface WaiverView extends Located {
  readonly requirement: Field<string> | null;
  readonly reason: Field<string> | null;
  readonly approvedBy: Field<string> | null;
  readonly expires: Field<string> | null;
}

/** What an Agent document says. Wrongly typed parts are left out; every item keeps its own place. */
export function agentView(document: CountersignDocument): AgentView {
  const spec = specOf(document);
  const metadata = metadataView(document);
  const whole: Located = spec ? located(spec) : { span: { start: document.source.start, end: document.source.start }, path: [] };
  const [owner, process, logging, slo, budget, transparency] = ['owner', 'process', 'logging', 'slo', 'budget', 'transparency'].map((key) => mapAt(spec, key));
  return {
    metadata, labels: metadata.labels,
    purpose: textAt(spec, 'purpose'),
    owner: owner ? { ...located(owner), team: textAt(owner, 'team'), model: oneOfAt(owner, 'model', OWNERSHIPS), accountable: textAt(owner, 'accountable'), outputs: textAt(owner, 'outputs') } : null,
    definition: definitionOf(at(spec, 'definition')),
    lifecycle: oneOfAt(spec, 'lifecycle', LIFECYCLES) ?? implied<Lifecycle>('draft', whole),
    autonomy: oneOfAt(spec, 'autonomy', AUTONOMIES),
    process: process ? { ...located(process), type: textAt(process, 'type'), functions: textsAt(process, 'functions') } : null,
    roles: textsAt(spec, 'roles'),
    model: modelOf(at(spec, 'model')),
    tools: listOf(spec, 'tools', 'ref', (item, ref) => ({ ...located(item), ref, reason: textAt(item, 'reason') })),
    data: itemsAt(spec, 'data')?.flatMap(dataUse) ?? null,
    delegates: listOf(spec, 'delegates', 'agent', (item, agent) => ({ ...located(item), agent, reason: textAt(item, 'reason') })),
    inputs: listOf(spec, 'inputs', 'channel', (item, channel) => ({ ...located(item), channel, trust: oneOfAt(item, 'trust', TRUSTS) })),
    outputs: listOf(spec, 'outputs', 'channel', (item, channel) => ({ ...located(item), channel, trust: null })),
    hosting: listOf(spec, 'hosting', 'environment', (item, environment) => ({ ...located(item), environment, region: textAt(item, 'region') })),
    approvals: itemsAt(spec, 'approvals')?.flatMap(gateOf) ?? null,
    validation: itemsAt(spec, 'validation')?.flatMap(validationOf) ?? null,
    logging: logging ? { ...located(logging), sink: textAt(logging, 'sink'), events: choicesAt(logging, 'events', LOG_EVENTS), redact: textsAt(logging, 'redact'), retention: textAt(logging, 'retention'), tamperEvident: booleanAt(logging, 'tamperEvident') } : null,
    intervention: interventionOf(mapAt(spec, 'intervention')),
    compliance: itemsAt(spec, 'compliance')?.flatMap(complianceOf) ?? null,
    slo: slo ? { ...located(slo), availability: numberAt(slo, 'availability'), latencyP95: textAt(slo, 'latencyP95') } : null,
    budget: budget ? { ...located(budget), monthlyUsd: numberAt(budget, 'monthlyUsd'), perTaskUsd: numberAt(budget, 'perTaskUsd'), tokensPerTask: numberAt(budget, 'tokensPerTask') } : null,
    transparency: transparency ? { ...located(transparency), notify: textsAt(transparency, 'notify'), notice: textAt(transparency, 'notice') } : null,
    waivers: itemsAt(spec, 'waivers')?.flatMap((item) => (item.node.kind === 'map' ? [{ ...located(item), requirement: textAt(item, 'requirement'), reason: textAt(item, 'reason'), approvedBy: textAt(item, 'approvedBy'), expires: textAt(item, 'expires') }] : [])) ?? null,
  };
}

/** A list whose items are a name, or a map with the name under `key`. */
function listOf<T>(spec: Cursor | null, list: string, key: string, make: (item: Cursor, name: Field<string>) => T): readonly T[] | null {
  return itemsAt(spec, list)?.flatMap((item) => {
    const name = item.node.kind === 'map' ? textAt(item, key) : text(item);
    return name ? [make(item, name)] : [];
  }) ?? null;
}

function definitionOf(cursor: Cursor | null): readonly Field<string>[] | null {
  const one = text(cursor);
  return one ? [one] : (items(cursor)?.flatMap((item) => text(item) ?? []) ?? null);
}

function modelOf(cursor: Cursor | null): ModelView | null {
  if (!cursor) return null;
  const short = text(cursor);
  if (short) {
    const slash = short.value.indexOf('/');
    return { ...located(cursor), id: short, provider: slash < 0 ? '' : short.value.slice(0, slash), name: short.value.slice(slash + 1), fallback: [] };
  }
  const [provider, name] = [textAt(cursor, 'provider'), textAt(cursor, 'name')];
  return provider && name ? { ...located(cursor), id: { ...name, value: `${provider.value}/${name.value}` }, provider: provider.value, name: name.value, fallback: textsAt(cursor, 'fallback') ?? [] } : null;
}

function dataUse(item: Cursor): DataUseView[] {
  const source = textAt(item, 'source');
  return source ? [{ ...located(item), source, access: choicesAt(item, 'access', ACCESSES) ?? [], purpose: textAt(item, 'purpose') }] : [];
}

function gateOf(item: Cursor): GateView[] {
  if (item.node.kind !== 'map') return [];
  const records = itemsAt(item, 'records')?.flatMap((record) => (record.node.kind === 'map'
    ? [{ ...located(record), by: textAt(record, 'by'), on: textAt(record, 'on'), digest: textAt(record, 'digest'), expires: textAt(record, 'expires'), ticket: textAt(record, 'ticket') }] : [])) ?? [];
  return [{
    ...located(item), index: Number(item.path[item.path.length - 1]), gate: oneOfAt(item, 'gate', GATES), environment: textAt(item, 'environment'), resources: textsAt(item, 'resources'),
    from: textsAt(item, 'from'), count: numberAt(item, 'count') ?? implied(1, located(item)), expires: textAt(item, 'expires'), records,
  }];
}

function validationOf(item: Cursor): ValidationView[] {
  if (item.node.kind !== 'map') return [];
  return [{
    ...located(item), name: textAt(item, 'name'), kind: textAt(item, 'kind'), metric: textAt(item, 'metric'), direction: oneOfAt(item, 'direction', ['higher', 'lower'] as const), threshold: numberAt(item, 'threshold'),
    result: numberAt(item, 'result'), cadence: textAt(item, 'cadence'), lastRun: textAt(item, 'lastRun'), evidence: textAt(item, 'evidence'),
  }];
}

function interventionOf(cursor: Cursor | null): InterventionView | null {
  if (!cursor) return null;
  const [stop, escalation] = [mapAt(cursor, 'stop'), mapAt(cursor, 'escalation')];
  return {
    ...located(cursor),
    stop: stop ? { ...located(stop), by: textsAt(stop, 'by'), method: textAt(stop, 'method'), within: textAt(stop, 'within') } : null,
    humanOverride: itemsAt(cursor, 'humanOverride')?.flatMap((item) => (item.node.kind === 'map' ? [{ ...located(item), rule: textAt(item, 'rule'), by: textsAt(item, 'by'), description: textAt(item, 'description') }] : [])) ?? null,
    escalation: escalation ? { ...located(escalation), system: textAt(escalation, 'system'), queue: textAt(escalation, 'queue'), within: textAt(escalation, 'within') } : null,
    fallback: textAt(cursor, 'fallback'),
  };
}

function complianceOf(item: Cursor): ComplianceView[] {
  const framework = textAt(item, 'framework');
  return framework ? [{ ...located(item), framework, risk: textAt(item, 'risk'), controls: textsAt(item, 'controls') }] : [];
}
