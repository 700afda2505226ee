// A decision in words that a reviewer understands: obligations, approvals, and why where no rule says it.
import { parseParty } from '../../core/documents';
import { peopleOfAll, type Agent, type Approval, type Catalog, type Decision, type Obligation, type Request } from '../../core/model';
import type { SimulatorApproval } from '../../protocol';

/** People that are named; the others are counted. */
const MAX_PEOPLE = 3;

export function obligationWords({ name, value }: Obligation): string {
  const one = typeof value === 'string' ? value : value.join(', ');
  switch (name) {
    case 'log':
      return one === 'full' ? 'logs everything' : one === 'summary' ? 'logs a summary' : 'logs nothing';
    case 'redact':
      return `redacts ${one}`;
    case 'notify':
      return `tells ${one}`;
    case 'ticket':
      return `opens a ticket in ${one}`;
    case 'disclose':
      return `says: ${one}`;
    case 'limit':
      return `at most ${one.replace('/', ' each ')}`;
    case 'warn':
      return `warns: ${one}`;
  }
}

export function approvalWords(approval: Approval, catalog: Catalog): SimulatorApproval {
  const { rule, from, people, count, within, distinct } = approval;
  const notes: string[] = [];
  if (count > 1 && Number.isFinite(count)) notes.push(`${count} different people`);
  if (within !== null) notes.push(`within ${durationWords(within)}`);
  if (distinct) notes.push('by people who approve nothing else of this');
  if (from.length === 0 || !Number.isFinite(count)) notes.push('the approval is wrongly written, so nobody can give it');
  else if (people.length < count && peopleOfAll(from, catalog).complete) notes.push(people.length === 0 ? 'nobody is left who may approve' : `only ${people.length} left who may approve`);
  return {
    rule, notes, people: people.slice(0, MAX_PEOPLE), morePeople: Math.max(0, people.length - MAX_PEOPLE),
    from: from.map((party) => (parseParty(party).kind === 'user' ? 'whoever runs the agent' : party)),
  };
}

const UNITS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

export function durationWords(text: string): string {
  const match = /^(\d+)([smhdw])$/.exec(text);
  if (!match) return text;
  return `${match[1]} ${UNITS[match[2] ?? '']}${match[1] === '1' ? '' : 's'}`;
}

const ATTEMPT: Readonly<Record<Request['action'], string>> = {
  call: 'does not name this tool', read: 'does not name reading this data', write: 'does not name writing this data', delete: 'does not name deleting this data',
  delegate: 'does not name this agent under `delegates`', invoke: 'does not name this model', respond: 'does not name this channel under `outputs`', deploy: 'does not name this environment under `hosting`',
};

/** Why, for decisions that no rule made, and for rules that hold only since an argument that they ask about is not given; null for other rules. */
export function sentenceOf({ cause, effect, rules, trace }: Decision, request: Request, agent: Agent | null, declared: boolean, policies: number): string | null {
  switch (cause) {
    case 'rule': {
      const deciding = trace.filter((entry) => rules.some((rule) => rule.id === entry.id) && entry.matched);
      const missing = deciding.length > 0 && deciding.every((entry) => entry.because === 'error') ? /`args\.([\w-]{1,100})` is not given/.exec(deciding[0]?.detail ?? '')?.[1] : undefined;
      return missing === undefined ? null : `\`${missing}\` is not filled in, and a rule asks about it: until then what restricts applies.`;
    }
    case 'default': {
      // another tool's own default, or what it lets pass by itself
      const own = trace.find((entry) => entry.matched && entry.effect === effect && entry.concerns);
      if (own) return own.id.endsWith('/default') ? own.detail : `No rule is for this. By itself the tool ${effect === 'allow' ? 'lets this run' : 'asks'}: ${own.id.slice(own.id.indexOf('/') + 1)}.`;
      return policies === 0 ? 'Nothing is allowed: there is no policy yet.' : 'Nothing is allowed: no policy speaks of this.';
    }
    case 'unknown-agent':
      return `No agent of this workspace is called \`${request.agent}\`.`;
    case 'ambiguous':
      return `More than one agent is called \`${request.agent}\`. Choose one with its file, or give them different names.`;
    case 'lifecycle':
      return agent?.lifecycle === 'draft' ? 'The agent is a draft: it may act only in environments that the Catalog knows and that are not production.' : `The agent is ${agent?.lifecycle ?? 'not in use'}, so it may do nothing.`;
    case 'undeclared':
      if (declared) return `The manifest does not name \`${request.environment ?? ''}\` under \`hosting\`.`;
      return `The manifest ${ATTEMPT[request.action]}.`;
    case 'unknown':
      return 'What governs this agent cannot be evaluated here. Treat it as denied.';
  }
}

const MAX_VALUE = 30;

/** The request in a line. */
export function requestWords(request: Request): string {
  const args = Object.entries(request.args).map(([name, value]) => `${name} ${shorten(typeof value === 'string' ? value : JSON.stringify(value))}`);
  const environment = request.action === 'deploy' ? null : request.environment;
  const who = request.principal ? `for ${request.principal.id ?? 'somebody'}` : null;
  return [request.agent, `${request.action} ${request.resource.id}`, environment, who, ...args].filter((part) => part !== null).join(' · ');
}

const shorten = (text: string): string => (text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text);
