// A decision for people: what, why, who must approve, what is to be done, and what each rule said.
import type { Decision, Obligation, Request, TraceEntry } from '../core/model';
import { LineIndex } from '../core/text';
import { printable } from './terminal/cells';
import type { Style } from './terminal/style';
import { count, wrap } from './terminal/wrap';

export interface DecisionTextOptions {
  readonly style: Style;
  readonly columns: number;
  /** the text of a file */
  text(path: string): string;
}

const HEADS: Readonly<Record<Decision['effect'], string>> = { allow: '✓ Allowed', require_approval: '⚠ Needs approval', deny: '✗ Denied', unknown: '? Cannot tell' };

const CAUSES: Readonly<Record<Decision['cause'], string>> = {
  rule: '',
  default: 'no rule allows it',
  undeclared: 'the agent does not declare what it asks for, or does not run in this environment',
  lifecycle: 'the lifecycle of the agent does not let it act here',
  'unknown-agent': 'this workspace knows no agent of that name',
  ambiguous: 'two agents of this workspace have that name',
  unknown: 'a rule that could decide it cannot be evaluated here',
};

export function decisionText(decision: Decision, request: Request, options: DecisionTextOptions): string {
  const { style } = options;
  const colour = decision.effect === 'allow' ? style.green : decision.effect === 'require_approval' ? style.yellow : decision.effect === 'deny' ? style.red : style.blue;
  const lines = [style.bold(colour(HEADS[decision.effect])), style.dim(requestWords(request)), ''];
  if (decision.cause === 'rule') for (const rule of decision.rules) lines.push(`because  ${rule.id}  ${style.dim(placeOf(rule, options))}`);
  else lines.push(`because  ${decision.cause === 'default' && decision.effect !== 'deny' ? 'no rule speaks of it, and the default of the file decides' : CAUSES[decision.cause]}`);
  for (const approval of decision.approvals) lines.push(`approval ${approvalWords(approval)}`);
  for (const obligation of decision.obligations) lines.push(`also     ${obligationWords(obligation)}`);
  for (const reason of decision.unknown) lines.push(`unknown  ${reason}`);
  for (const warning of decision.warnings) lines.push(`warning  ${warning}`);
  if (decision.incomplete) lines.push(`warning  The result is incomplete: a rule or a file that takes part is malformed. Run \`countersign check\`.`);
  if (decision.trace.length > 0) lines.push('', style.bold('Why'), ...traceLines(decision.trace, decision, options));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** `refund-assistant wants to call tool:payments/refund in production` */
export function requestWords(request: Request): string {
  const { agent, action, resource, environment, principal } = request;
  const where = environment === null ? 'in no named environment' : `in ${environment}`;
  return printable(`${agent} wants to ${action} ${resource.type}:${resource.id} ${where}${principal?.id ? ` for ${principal.id}` : ''}`);
}

function approvalWords({ from, count: needed, within, distinct, people, rule }: Decision['approvals'][number]): string {
  if (from.length === 0) return `nobody can approve: the approval of ${rule} is not written as it must be`;
  const who = people.length === 0 ? 'nobody is known who may' : people.length <= 3 ? people.join(', ') : `${people.slice(0, 2).join(', ')}, ${people.length - 2} more`;
  if (from.length === 1 && from[0] === 'user') return printable(`whoever runs the agent${within === null ? '' : `, within ${within}`}`);
  return printable(`${needed > 1 ? `${needed} people of ` : ''}${from.join(' or ')} (${who})${within === null ? '' : `, within ${within}`}${distinct ? ', by people who approve nothing else of this' : ''}`);
}

function obligationWords({ name, value }: Obligation): string {
  const said = printable(typeof value === 'string' ? value : value.join(', '));
  switch (name) {
    case 'log':
      return said === 'none' ? 'nothing is logged' : `log ${said === 'full' ? 'everything' : 'a summary'}`;
    case 'redact':
      return `redact ${said}`;
    case 'notify':
      return `notify ${said}`;
    case 'ticket':
      return `open a ticket in ${said}`;
    case 'disclose':
      return `tell whoever reads it: ${said}`;
    case 'limit':
      return `no more than ${said}`;
    case 'warn':
      return `warn: ${said}`;
  }
}

const EFFECTS: Readonly<Record<TraceEntry['effect'], string>> = { allow: 'allow', require_approval: 'ask', deny: 'deny', oblige: 'oblige' };

/** Rules that did not match, shown one by one. */
const MAX_IDLE = 10;

/** What decided comes first, then what else matched, then what did not; of the latter the rules for other actions and resources only as a number. */
function traceLines(trace: readonly TraceEntry[], decision: Decision, options: DecisionTextOptions): readonly string[] {
  const deciding = new Set(decision.rules.map((rule) => rule.id));
  const shown = trace.filter((entry) => entry.matched || entry.concerns);
  const rank = (entry: TraceEntry): number => (entry.matched && deciding.has(entry.id) ? 0 : entry.matched ? 1 : 2);
  const ranked = shown.map((entry, index) => ({ entry, index })).sort((a, b) => rank(a.entry) - rank(b.entry) || a.index - b.index).map(({ entry }) => entry);
  // a list of a hundred commands is not read; what could have been stricter is
  const idle = ranked.filter((entry) => !entry.matched);
  const told = new Set(idle.length <= MAX_IDLE ? idle : [...idle.filter((entry) => entry.because === 'error' || entry.effect !== 'allow'), ...idle].slice(0, MAX_IDLE));
  const sorted = ranked.filter((entry) => entry.matched || told.has(entry));
  const lines = sorted.flatMap((entry) => {
    const mark = entry.matched ? options.style.bold('●') : options.style.dim('–');
    const head = ` ${mark} ${entry.id}  ${EFFECTS[entry.effect]}${entry.matched ? '' : `, ${noMatch(entry)}`}`;
    const detail = wrap(printable(entry.detail), Math.max(30, options.columns - 6)).map((line) => options.style.dim(`     ${line}`));
    return [head, ...detail];
  });
  const rest = ranked.length - sorted.length;
  const hidden = trace.length - shown.length;
  if (rest > 0) lines.push(options.style.dim(` – ${count(rest, 'other rule')} that did not match (\`--format json\` has them all)`));
  return hidden > 0 ? [...lines, options.style.dim(` – ${count(hidden, 'other rule')} for other agents, actions or resources`)] : lines;
}

function noMatch({ because }: TraceEntry): string {
  if (because === 'expired') return 'expired';
  if (because === 'malformed') return 'malformed';
  if (because === 'error') return 'error';
  return because === 'record' ? 'approved already' : `not matched by ${because}`;
}

/** `policies/payments.policy.yaml:12`, lines from 1 as editors show them */
function placeOf(rule: { readonly file: string; readonly span: { readonly start: number } }, options: DecisionTextOptions): string {
  return `${printable(rule.file)}:${new LineIndex(options.text(rule.file)).position(rule.span.start).line + 1}`;
}
