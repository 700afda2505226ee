// Cedar's own implementation, as the host loads it, behind the interface of this folder. It is given texts and plain values, nothing else.
import { detached } from '../../text';
import type { CedarEngine, CedarFault, CedarPolicy, CedarText, Json } from './engine';
import { isRecord } from './engine';
import { statementsOf } from './statements';

/** What is used of it. */
export interface CedarModule {
  policySetTextToParts(text: string): unknown;
  policyToJson(policy: string): unknown;
  isAuthorized(call: object): unknown;
  validate(call: object): unknown;
}

/** Longer texts and more statements are no policies that anybody reads. */
const MAX_TEXT = 500_000;
const MAX_STATEMENTS = 2_000;
/** Cedar reads by recursion, on a stack of its own that must not overflow: brackets and `if` in one another, and operators in a row. */
const MAX_STATEMENT = 50_000;
const MAX_NESTING = 100;
const MAX_OPERATORS = 1_000;
/** statements whose reading is kept, so that an edit costs its own only */
const KEPT = 4_000;

type Statement = Omit<CedarPolicy, 'span'> | CedarFault;

export function cedarEngine(module: CedarModule): CedarEngine {
  const known = new Map<string, Statement>();
  const read = (text: string): Statement => {
    let statement = known.get(text);
    if (statement) return statement;
    if (known.size >= KEPT) known.clear();
    // the text of a statement must not keep that of the whole file
    known.set(detached(text), (statement = readStatement(module, text)));
    return statement;
  };
  return { parse: (text) => parse(text, read), holds: (expression) => holds(module, expression), validate: (policies, text, schema) => validate(module, policies, text, schema) };
}

function parse(text: string, readOne: (text: string) => Statement): CedarText {
  if (text.length > MAX_TEXT) return { policies: [], faults: [{ span: { start: 0, end: 0 }, message: `the text has more than ${MAX_TEXT.toLocaleString('en')} characters`, help: null }] };
  const policies: CedarPolicy[] = [];
  const faults: CedarFault[] = [];
  const spans = statementsOf(text, MAX_STATEMENTS);
  for (const span of spans) {
    const read = readOne(text.slice(span.start, span.end));
    if ('effect' in read) policies.push({ ...read, span });
    else faults.push({ ...read, span: { start: span.start + read.span.start, end: span.start + read.span.end } });
  }
  if (spans.length >= MAX_STATEMENTS) faults.push({ span: { start: text.length, end: text.length }, message: `only the first ${MAX_STATEMENTS.toLocaleString('en')} statements are read`, help: null });
  return { policies, faults };
}

function readStatement(module: CedarModule, text: string): Statement {
  const whole = { start: 0, end: Math.min(text.length, text.search(/[\s(]|$/) || 1) };
  if (text.length > MAX_STATEMENT || tooDeep(text)) return { span: whole, message: 'the statement is too long or too deeply nested to be read', help: null };
  try {
    const parts = module.policySetTextToParts(text) as Json;
    if (!isRecord(parts) || parts['type'] !== 'success') return faultOf(parts, text) ?? { span: whole, message: 'the statement cannot be read', help: null };
    if (Array.isArray(parts['policy_templates']) && parts['policy_templates'].length > 0) return { span: whole, message: 'a template (`?principal`, `?resource`) applies to nobody until it is linked', help: 'write out the principal and the resource' };
    const answer = module.policyToJson(text) as Json;
    const json = isRecord(answer) ? answer['json'] : undefined;
    const effect = isRecord(json) ? json['effect'] : null;
    if (!isRecord(json) || (effect !== 'permit' && effect !== 'forbid')) return faultOf(answer, text) ?? { span: whole, message: 'the statement cannot be read', help: null };
    const annotations = isRecord(json['annotations']) ? Object.entries(json['annotations']).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : '']) : [];
    return { effect, json, annotations: new Map(annotations) };
  } catch {
    return { span: whole, message: 'the statement cannot be read', help: null };
  }
}

/** statements that are held against a schema at once */
const MAX_VALIDATED = 500;

function validate(module: CedarModule, policies: readonly CedarPolicy[], text: string, schema: { readonly text: string; readonly json: boolean }): readonly CedarFault[] | null {
  if (schema.text.length > MAX_TEXT || tooDeep(schema.text, MAX_SCHEMA)) return null;
  const judged = policies.slice(0, MAX_VALIDATED).map(({ span }) => ({ span, text: text.slice(span.start, span.end) }));
  try {
    const answer = module.validate({ schema: schema.json ? (JSON.parse(schema.text) as object) : schema.text, policies: { staticPolicies: Object.fromEntries(judged.map((one, index) => [`s${index}`, one.text])) } }) as Json;
    if (!isRecord(answer) || answer['type'] !== 'success' || !Array.isArray(answer['validationErrors'])) return null;
    return (answer['validationErrors'] as readonly Json[]).flatMap((found): CedarFault[] => {
      const policy = isRecord(found) ? judged[Number(String(found['policyId']).slice(1))] : undefined;
      const fault = isRecord(found) && policy ? faultOf({ errors: [found['error'] ?? null] }, policy.text) : null;
      if (!policy || !fault) return [];
      return [{ ...fault, message: fault.message.replace(/^for policy `s\d+`, /, ''), span: { start: policy.span.start + fault.span.start, end: policy.span.start + fault.span.end } }];
    }).sort((a, b) => a.span.start - b.span.start || (a.message < b.message ? -1 : 1));
  } catch {
    return null;
  }
}

/** The first error of an answer, at its characters: offsets there count bytes. */
function faultOf(answer: Json, text: string): CedarFault | null {
  const errors = isRecord(answer) ? answer['errors'] : null;
  const first = Array.isArray(errors) ? (errors as readonly Json[])[0] : undefined;
  if (!isRecord(first) || typeof first['message'] !== 'string') return null;
  const places = first['sourceLocations'];
  const place = Array.isArray(places) ? (places as readonly Json[])[0] : undefined;
  const at = isRecord(place) && typeof place['start'] === 'number' && typeof place['end'] === 'number' ? { start: place['start'], end: place['end'], label: place['label'] ?? null } : { start: 0, end: 0, label: null };
  const start = offsetOfByte(text, at.start);
  const end = offsetOfByte(text, at.end);
  const expected = typeof at.label === 'string' ? `; ${at.label}` : '';
  const wide = (text.codePointAt(start) ?? 0) > 0xffff;
  return { span: { start, end: Math.max(end, Math.min(text.length, start + (wide ? 2 : 1))) }, message: `${first['message']}${expected}`, help: typeof first['help'] === 'string' ? first['help'] : null };
}

function offsetOfByte(text: string, byte: number): number {
  let bytes = 0;
  let offset = 0;
  for (const character of text) {
    if (bytes >= byte) break;
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += character.length;
  }
  return offset;
}

const QUOTED_OR_COMMENT = /"(?:[^"\\]|\\[^])*(?:"|$)|\/\/[^\n]*/g;

/** operators of a schema, which is a list of declarations */
const MAX_SCHEMA = 50_000;

function tooDeep(text: string, operators = MAX_OPERATORS): boolean {
  const bare = text.replace(QUOTED_OR_COMMENT, ' ');
  let depth = 0;
  let most = 0;
  for (const character of bare) {
    if (character === '(' || character === '[' || character === '{') most = Math.max(most, ++depth);
    else if (character === ')' || character === ']' || character === '}') depth--;
  }
  const count = (pattern: RegExp): number => bare.match(pattern)?.length ?? 0;
  return most + count(/\bif\b/g) > MAX_NESTING || count(/&&|\|\||[=!<>]=|[.+*<>[!-]/g) > operators;
}

const NOBODY = { type: 'Nobody', id: '' };

function holds(module: CedarModule, expression: Json): boolean | 'error' | null {
  try {
    const any = { op: 'All' };
    const policy = { effect: 'permit', principal: any, action: any, resource: any, conditions: [{ kind: 'when', body: expression }] };
    const answer = module.isAuthorized({ principal: NOBODY, action: NOBODY, resource: NOBODY, context: {}, policies: { staticPolicies: { asked: policy } }, entities: [] }) as Json;
    const response = isRecord(answer) ? answer['response'] : null;
    const diagnostics = isRecord(response ?? undefined) ? (response as { readonly [key: string]: Json })['diagnostics'] : null;
    if (!isRecord(response ?? undefined) || !isRecord(diagnostics ?? undefined)) return null;
    const errors = (diagnostics as { readonly [key: string]: Json })['errors'];
    if (Array.isArray(errors) && errors.length > 0) return 'error';
    return (response as { readonly [key: string]: Json })['decision'] === 'allow';
  } catch {
    return null;
  }
}
