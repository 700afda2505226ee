// What is filled in, as text, and how it becomes a request; a request from elsewhere becomes what is filled in.
import type { SimulatorChoices, SimulatorField } from '../../server/src/protocol';

export interface Form {
  folder?: string;
  agent?: string;
  action?: string;
  resource?: string;
  /** empty: none; undefined: the server proposes one */
  environment?: string;
  /** true once anything was chosen by hand: then the file in the editor no longer changes the agent */
  touched: boolean;
  person: boolean;
  personId: string;
  personRoles: string;
  /** by name; empty: not given */
  args: Record<string, string>;
  /** the arguments as JSON instead of the form */
  json: string | null;
  cost: string;
  channel: string;
  labels: string;
  /** the rest of the context, as JSON */
  more: string;
  time: string;
}

export const emptyForm = (): Form => ({ touched: false, person: false, personId: '', personRoles: '', args: {}, json: null, cost: '', channel: '', labels: '', more: '', time: '' });

export interface Built {
  readonly request: { readonly [key: string]: unknown };
  /** by the field that is wrong, as a bad request names it */
  readonly errors: ReadonlyMap<string, string>;
}

/** The request in its short form, from what is filled in. */
export function build(form: Form, choices: SimulatorChoices): Built {
  const errors = new Map<string, string>();
  const type = choices.actions.find((action) => action.name === form.action)?.type ?? 'tool';
  const roles = list(form.personRoles);
  const context: Record<string, unknown> = form.more.trim() === '' ? {} : mapOf(form.more, 'context', errors);
  if (form.cost.trim() !== '') context.cost = numberOf(form.cost, 'context.cost', errors);
  if (form.channel !== '') context.channel = form.channel;
  const labels = list(form.labels);
  if (labels.length > 0) context.labels = labels;
  if (form.time.trim() !== '') context.time = form.time.trim();
  const args = form.action === 'call' ? argsOf(form, choices.fields, errors) : {};
  const request: Record<string, unknown> = { agent: form.agent ?? '', action: form.action ?? '', resource: form.resource ? `${type}:${form.resource}` : '' };
  if (form.environment && form.action !== 'deploy') request.environment = form.environment;
  if (Object.keys(args).length > 0) request.args = args;
  if (form.person) request.principal = { ...(form.personId.trim() === '' ? {} : { id: form.personId.trim() }), ...(roles.length > 0 ? { roles } : {}) };
  if (Object.keys(context).length > 0) request.context = context;
  return { request, errors };
}

function argsOf(form: Form, fields: readonly SimulatorField[] | null, errors: Map<string, string>): Record<string, unknown> {
  if (form.json !== null || fields === null) return (form.json ?? '').trim() === '' ? {} : mapOf(form.json ?? '', 'args', errors);
  const args: Record<string, unknown> = {};
  for (const field of fields) {
    const text = form.args[field.name] ?? '';
    if (text === '') continue;
    Object.defineProperty(args, field.name, { value: valueOf(text, field, errors), enumerable: true });
  }
  return args;
}

function valueOf(text: string, field: SimulatorField, errors: Map<string, string>): unknown {
  const name = `args.${field.name}`;
  switch (field.kind) {
    case 'text':
      return text;
    case 'number':
      return numberOf(text, name, errors);
    case 'integer': {
      const number = numberOf(text, name, errors);
      if (Number.isFinite(number) && !Number.isInteger(number)) errors.set(name, 'This must be a whole number.');
      return number;
    }
    case 'boolean':
      return text === 'true';
    case 'choice':
      return field.choices.find((choice) => textOf(choice) === text) ?? text;
    case 'json':
      return parse(text, name, errors);
  }
}

/** A value as the form shows it. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function numberOf(text: string, name: string, errors: Map<string, string>): number {
  const plain = text.trim();
  const number = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (!Number.isFinite(number)) errors.set(name, 'This must be a number, such as 900 or 0.5.');
  return number;
}

function parse(text: string, name: string, errors: Map<string, string>): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    errors.set(name, 'This is not JSON yet.');
    return null;
  }
}

function mapOf(text: string, name: string, errors: Map<string, string>): Record<string, unknown> {
  const value = parse(text, name, errors);
  if (isMap(value)) return { ...value };
  if (!errors.has(name)) errors.set(name, 'This must be a JSON object, such as {"amount": 900}.');
  return {};
}

const list = (text: string): string[] => text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapAt = (value: unknown, key: string): Record<string, unknown> => (isMap(value) && isMap(value[key]) ? value[key] : {});
const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string').join(', ') : '');

/** A request, in its short form or AuthZEN's, as what is filled in. */
export function formOf(request: unknown, folder?: string): Form {
  const form = emptyForm();
  if (!isMap(request)) return form;
  const subject = mapAt(request, 'subject');
  const { environment, args, time, cost, channel, labels, ...more } = mapAt(request, 'context');
  const resource = isMap(request.resource) ? string(request.resource.id) : string(request.resource).replace(/^[^:]*:/, '');
  const person = isMap(request.principal) ? request.principal : mapAt(mapAt(subject, 'properties'), 'onBehalfOf');
  const given = isMap(request.args) ? request.args : isMap(args) ? args : {};
  return {
    ...form,
    folder, touched: true,
    agent: string(request.agent) || string(subject.id) || undefined,
    action: (isMap(request.action) ? string(request.action.name) : string(request.action)) || undefined,
    resource: resource || undefined,
    environment: string(request.environment) || string(environment),
    person: Object.keys(person).length > 0, personId: string(person.id), personRoles: strings(person.roles),
    args: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(value)])),
    json: Object.keys(given).length > 0 ? JSON.stringify(given, null, 2) : null,
    cost: typeof cost === 'number' ? String(cost) : '', channel: string(channel), labels: strings(labels),
    more: Object.keys(more).length > 0 ? JSON.stringify(more, null, 2) : '',
    time: string(time) || string(request.time),
  };
}

/** True where the form for these fields can show all of the JSON. */
export function fitsFields(json: string, fields: readonly SimulatorField[]): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return isMap(value) && Object.entries(value).every(([name, one]) => {
      const field = fields.find((known) => known.name === name);
      if (!field || one === null || one === '') return false;
      if (field.kind === 'choice') return field.choices.some((choice) => textOf(choice) === textOf(one) && typeof choice === typeof one);
      if (field.kind === 'json') return true;
      return field.kind === 'text' ? typeof one === 'string' : field.kind === 'boolean' ? typeof one === 'boolean' : typeof one === 'number';
    });
  } catch {
    return false;
  }
}

/** The arguments of JSON as texts for the form. */
export function textsOf(json: string): Record<string, string> {
  const value: unknown = JSON.parse(json);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, textOf(one)])) : {};
}
