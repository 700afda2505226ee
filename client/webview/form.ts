// The form: who wants to do what, where, for whom, with which arguments, when.
import type { SimulatorChoices, SimulatorOption } from '../../server/src/protocol';
import { argumentsForm } from './arguments';
import { line, pick, row, suggest, type Option, type Row } from './controls';
import { el, fold } from './dom';
import type { Form } from './state';

export interface FormView {
  readonly element: HTMLElement;
  show(form: Form, choices: SimulatorChoices): void;
  /** Says what is wrong, field by field; gives what has no place of its own. */
  errors(errors: ReadonlyMap<string, string>): readonly string[];
}

interface FormOptions {
  readonly form: () => Form;
  readonly kept: Map<string, boolean>;
  /** what is chosen changed, so that other things can be chosen */
  readonly chosen: () => void;
  /** only what is asked changed */
  readonly changed: () => void;
}

const NOWHERE = 'no environment';

export function formView({ form, kept, chosen, changed }: FormOptions): FormView {
  let folders = new Map<string, string>();
  const agent = pick('Agent', true, (value) => {
    const now = form();
    const [id, folder] = split(value);
    Object.assign(now, { agent: id, folder: folder ?? folders.get(id) ?? now.folder, resource: undefined, touched: true });
    chosen();
  });
  const action = pick('Action', false, (value) => {
    Object.assign(form(), { action: value, resource: undefined, touched: true });
    chosen();
  });
  const resource = pick('Resource', true, (value) => {
    Object.assign(form(), { resource: value, touched: true });
    chosen();
  });
  const environment = pick('Environment', true, (value) => {
    Object.assign(form(), { environment: value, touched: true });
    chosen();
  });
  const person = pick('On behalf of', false, (value) => {
    Object.assign(form(), { person: value === 'person', touched: true });
    changed();
  });
  const text = (key: 'personId' | 'personRoles' | 'cost' | 'channel' | 'labels' | 'more' | 'time', options: Parameters<typeof line>[1] = {}) =>
    line((value) => {
      Object.assign(form(), { [key]: value, touched: true });
      changed();
    }, options);
  const personId = text('personId', { placeholder: 'a person' });
  const personRoles = text('personRoles', { placeholder: 'role, role' });
  const cost = text('cost', { numeric: true });
  const channel = text('channel');
  const labels = text('labels', { placeholder: 'label, label' });
  const more = text('more', { lines: 3, placeholder: '{ "via": ["another-agent"] }' });
  const time = text('time', { placeholder: 'now' });
  const people = suggest(personId.control);
  const channels = suggest(channel.control);
  const args = argumentsForm(form, () => {
    form().touched = true;
    changed();
  });

  const rows = {
    agent: row('Agent', agent.select, agent.element),
    action: row('Wants to', action.select, action.element),
    resource: row('What', resource.select, resource.element),
    environment: row('In', environment.select, environment.element),
    person: row('For', person.select, person.element),
    personId: row('Id', personId.control),
    personRoles: row('Roles', personRoles.control, personRoles.control, 'with commas between them'),
    cost: row('Cost', cost.control),
    channel: row('Channel', channel.control),
    labels: row('Labels', labels.control, labels.control, 'with commas between them'),
    more: row('More', more.control, more.control, 'the rest of the context, as JSON'),
    time: row('Time', time.control, time.control, 'such as 2026-12-21T09:00:00Z; empty: now'),
  };
  const who = el('div', { class: 'inner' }, rows.personId.element, rows.personRoles.element);
  const context = fold('context', 'Context', false, kept, rows.cost.element, rows.channel.element, rows.labels.element, rows.more.element);
  const when = fold('time', 'Time', false, kept, rows.time.element);
  const element = el('form', { 'aria-label': 'Request' },
    rows.agent.element, rows.action.element, rows.resource.element, rows.environment.element, rows.person.element, who, people.list, channels.list, args.element, context, when);
  element.addEventListener('submit', (event) => event.preventDefault());

  return {
    element,
    show(now, choices) {
      const several = new Set(choices.agents.map((each) => each.folder)).size > 1;
      folders = new Map(choices.agents.map((each) => [each.id, each.folder]));
      const agents = choices.agents.map(({ id, folder, detail }): Option => ({ value: several ? join(id, folder) : id, label: detail === '' || detail === 'production' ? id : `${id} · ${detail}`, group: several ? folderName(folder) : undefined }));
      agent.set(agents, several && now.folder !== undefined && choices.agents.some((each) => each.id === now.agent && each.folder === now.folder) ? join(now.agent ?? '', now.folder) : (now.agent ?? ''));
      action.set(choices.actions.map(({ name, declared }) => ({ value: name, label: name, group: declared ? 'In its manifest' : 'Not in its manifest' })), now.action ?? '');
      resource.set(choices.resources.map(optionOf), now.resource ?? '');
      environment.set([...choices.environments.map(optionOf), { value: '', label: NOWHERE }], now.environment ?? '');
      person.set([{ value: 'nobody', label: 'nobody' }, { value: 'person', label: 'a person…' }], now.person ? 'person' : 'nobody');
      rows.environment.element.hidden = now.action === 'deploy';
      who.hidden = !now.person;
      people.set(choices.people);
      channels.set(choices.channels);
      personId.set(now.personId);
      personRoles.set(now.personRoles);
      for (const [key, one] of Object.entries({ cost, channel, labels, more, time })) one.set(now[key as 'cost' | 'channel' | 'labels' | 'more' | 'time']);
      if ((now.cost + now.channel + now.labels + now.more).trim() !== '' && !kept.has('context')) context.open = true;
      if (now.time.trim() !== '' && !kept.has('time')) when.open = true;
      args.show(now, choices.fields, choices.description);
    },
    errors(errors) {
      for (const one of Object.values(rows)) one.error(null);
      args.clearErrors();
      const rest: string[] = [];
      for (const [field, message] of errors) {
        const at = placeOf(field, rows);
        if (at) {
          at.error(message);
          if (at === rows.time) when.open = true;
          if ([rows.cost, rows.channel, rows.labels, rows.more].includes(at)) context.open = true;
        } else if (!args.error(field.replace(/^context\.args\b/, 'args'), message)) rest.push(message);
      }
      return rest;
    },
  };
}

function optionOf({ name, declared }: SimulatorOption): Option {
  return { value: name, label: name, group: declared ? 'In its manifest' : 'Not in its manifest' };
}

/** The row that a field of a request is filled in at. */
function placeOf(field: string, rows: Readonly<Record<string, Row>>): Row | undefined {
  const places: readonly (readonly [RegExp, string])[] = [
    [/^(agent|subject)\b/, 'agent'], [/^action\b/, 'action'], [/^resource\b/, 'resource'], [/^(context\.)?environment\b/, 'environment'], [/^(context\.)?time\b/, 'time'],
    [/^principal\.(roles|groups)/, 'personRoles'], [/^principal/, 'personId'], [/^context\.cost/, 'cost'], [/^context\.channel/, 'channel'], [/^context\.labels/, 'labels'], [/^context(?!\.args)/, 'more'],
  ];
  const found = places.find(([pattern]) => pattern.test(field));
  return found && rows[found[1]];
}

/** Two folders may have an agent of one name. */
const join = (id: string, folder: string): string => `${id}\n${folder}`;
const split = (value: string): readonly [string, string | undefined] => {
  const at = value.indexOf('\n');
  return at < 0 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
};
const folderName = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)) || 'Open files';
