// The findings of the analysis: all documents are looked at together, after the findings of single files, since it takes longer.
import type { AnalysisFinding, ShortRequest, Steps } from '../analysis';
import { findingSteps } from '../analysis';
import { ENGINE, type CompiledRule } from '../policy';
import type { Agent } from '../model';
import { pattern, type Fix, type FixEdit, type Problem, type Related, type Span } from '../text';
import type { Settings, Shared, Workspace } from '../workspace';
import { entryRemoval, narrowing, removal } from './analysis-fixes';
import { boundFixes } from './bound-fixes';
import type { Finding } from './finding';
import { ANALYSIS_CODES, codeDoc } from './registry';
import { applySuppressions } from './suppression';

/** What the analysis says of the present documents; made when asked for. */
export interface AnalysisRun {
  /** the findings by path, once they are there */
  readonly found: ReadonlyMap<string, readonly Finding[]> | null;
  /** goes on from where it stopped, until the next pause; true when done */
  step(): boolean;
}

/** The run for the present documents and day: begun anew by every edit that it rests on. */
export const ANALYSIS_RUN: Shared<{ run(workspace: Workspace): AnalysisRun }> = {
  id: 'analysis findings',
  kinds: ['Agent', 'Policy', 'Catalog', 'files'],
  make() {
    const runs = new Map<string, AnalysisRun>();
    return {
      run(workspace) {
        const day = String(Math.floor(workspace.now / 86_400_000));
        let run = runs.get(day);
        if (!run) {
          runs.clear();
          runs.set(day, (run = begin(workspace)));
        }
        return run;
      },
    };
  },
};

function begin(workspace: Workspace): AnalysisRun {
  let found: ReadonlyMap<string, readonly Finding[]> | null = null;
  let steps: Steps<readonly AnalysisFinding[]> | null = null;
  function* work(): Steps<readonly AnalysisFinding[]> {
    return (yield* findingSteps(workspace.shared(ENGINE), { now: workspace.now })).findings;
  }
  return {
    get found() {
      return found;
    },
    step() {
      if (found) return true;
      steps ??= work();
      const { done, value } = steps.next();
      if (done) found = byPath(workspace, value);
      return done === true;
    },
  };
}

/** All findings of the analysis at once, by path. */
export function analyse(workspace: Workspace): ReadonlyMap<string, readonly Finding[]> {
  const run = workspace.shared(ANALYSIS_RUN).run(workspace);
  while (!run.step());
  return run.found ?? new Map();
}

function byPath(workspace: Workspace, all: readonly AnalysisFinding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const one of all) {
    const problem = problemOf(workspace, one);
    if (!problem) continue;
    const { path, ...rest } = problem;
    const list = found.get(path);
    const finding: Finding = { ...rest, path, severity: codeDoc(one.code)?.severity ?? 'warning' };
    if (list) list.push(finding);
    else found.set(path, [finding]);
  }
  // a comment that hides nothing is told even where nothing was found
  for (const path of workspace.paths()) if (workspace.facts(path)?.suppressions.some((comment) => ANALYSIS_CODES.has(comment.code)) && !found.has(path)) found.set(path, []);
  const result = new Map<string, readonly Finding[]>();
  for (const [path, list] of found) {
    const facts = workspace.facts(path);
    const kept = facts ? applySuppressions(list, facts, workspace.settings, (code) => ANALYSIS_CODES.has(code)) : list;
    const levelled = kept.flatMap((finding) => atLevel(finding, workspace.settings));
    if (levelled.length > 0) result.set(path, levelled);
  }
  return result;
}

function atLevel(finding: Finding, settings: Settings): Finding[] {
  const level = settings.level(finding.code, finding.path, finding.severity);
  return level === 'off' ? [] : [level === finding.severity ? finding : { ...finding, severity: level }];
}

type Placed = Problem & { readonly path: string };

const MAX_SHOWN = 300;
const MAX_NARROWINGS = 3;
const shown = (request: ShortRequest | null): string => (request ? ` Example: \`${cut(JSON.stringify(request))}\`.` : '');
const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
const names = (rules: readonly CompiledRule[]): string => rules.slice(0, 4).map((rule) => `\`${rule.id}\``).join(', ') + (rules.length > 4 ? ` and ${rules.length - 4} more` : '');
const related = (rules: readonly CompiledRule[], message: string): Related[] => rules.slice(0, 20).map((rule) => ({ path: rule.file, span: rule.idSpan, message }));

function problemOf(workspace: Workspace, one: AnalysisFinding): Placed | null {
  switch (one.code) {
    case 'policy/unsatisfiable-rule':
      return atRule(one.rule, one.code, 'No request can match this rule: its matchers or its condition exclude one another. Mend the condition, or remove the rule.', [], [removal(workspace, one.rule, ', which matches nothing')]);
    case 'policy/shadowed-rule': {
      const oblige = one.rule.effect === 'oblige';
      const message = oblige
        ? `This rule adds nothing: ${names(one.before)} ${one.before.length === 1 ? 'asks' : 'ask'} for at least as much wherever it matches.`
        : `This rule never decides: wherever it matches, ${names(one.before)} ${one.before.length === 1 ? 'stands' : 'stand'} before it.`;
      return atRule(one.rule, one.code, `${message} Narrow ${one.before.length === 1 ? 'that rule' : 'those rules'}, or remove this one.${shown(one.witness)}`, related(one.before, 'It stands before.'), [removal(workspace, one.rule, ', which changes no decision')]);
    }
    case 'policy/redundant-rule':
      return atRule(one.rule, one.code, `This rule says nothing that ${names(one.covering)} ${one.covering.length === 1 ? 'does' : 'do'} not say already. Remove it, or make it say something of its own.${shown(one.witness)}`, related(one.covering, 'It covers the rule.'), [removal(workspace, one.rule, ', which changes no decision')]);
    case 'policy/conflict': {
      const denies = one.meetings.map((meeting) => meeting.deny);
      return atRule(one.rule, one.code, `Some requests that this rule allows are denied by ${names(denies)}, and neither lies within the other; the denial wins. If that is meant, say why in its \`reason\`; else make them exclude one another.${shown(one.meetings[0]?.witness ?? null)}`, related(denies, 'The denial.'), denies.slice(0, MAX_NARROWINGS).map((deny) => narrowing(workspace, one.rule, deny)));
    }
    case 'policy/dead-grant':
      return atRule(one.rule, one.code, 'No agent of this workspace can use what this rule allows: none that it is for declares the resource or may run there. Remove the rule, or declare it in the manifest of the agent that is meant.', [], [removal(workspace, one.rule, ', which nobody can use')]);
    case 'policy/uncovered':
      return atRule(one.rule, one.code, `This rule and those beside it leave some requests over of which no rule speaks, so they are denied by default. Say what is meant for them.${shown(one.witness)}`, [], boundFixes(workspace, one.witness));
    case 'policy/dead-capability': {
      const place = toolPlace(workspace, one.agent.path, one.agent.document, one.tool);
      return place && { path: one.agent.path, span: place, code: one.code, message: `\`${one.agent.name}\` declares \`${one.tool}\`, but every call of it is denied, whatever the arguments and the environment. Remove it, or allow it in a policy.${shown(one.witness)}`, ...fixOf(`Remove \`${one.tool}\` from the tools of \`${one.agent.name}\``, entryRemoval(workspace, one.agent, 'tools', 'ref', one.tool)) };
    }
    case 'capability/delegation-escalation': {
      const way = [one.agent, ...one.over, one.delegate];
      const first = way[1] ?? one.delegate;
      const place = delegatePlace(workspace, one.agent, first.name) ?? one.agent.span;
      const rules = standingInTheWay(workspace, one);
      const over = one.over.length === 0 ? '' : ` (through ${one.over.map(({ name }) => `\`${name}\``).join(', ')})`;
      return {
        path: one.agent.path, span: place, code: one.code,
        message: `\`${one.agent.name}\` may hand work to \`${one.delegate.name}\`${over} without approval, which may do what ${names(rules)} ${rules.some((rule) => rule.effect === 'deny') ? 'denies' : 'guards by an approval for'} \`${one.agent.name}\`. Ask for approval of the delegation, or deny it.${shown(one.witness)}`,
        related: [
          ...related(rules, `For \`${one.agent.name}\` this rule stands in the way.`),
          ...way.slice(1, -1).map((from, index): Related => ({ path: from.path, span: delegatePlace(workspace, from, (way[index + 2] ?? one.delegate).name) ?? from.span, message: `\`${from.name}\` hands work to \`${(way[index + 2] ?? one.delegate).name}\`.` })),
          { path: one.delegate.path, span: namePlace(workspace, one.delegate.path, one.delegate.document) ?? one.delegate.span, message: `\`${one.delegate.name}\` may do it.` },
        ],
        ...fixOf(`Take \`${first.name}\` out of the delegates of \`${one.agent.name}\``, entryRemoval(workspace, one.agent, 'delegates', 'agent', first.name)),
      };
    }
    case 'capability/rule-of-two': {
      const leg = ({ agent, what }: { agent: string; what: string }): string => `\`${what}\`${agent === one.agent.name ? '' : ` (through \`${agent}\`)`}`;
      // a tool says nothing beside all tools of its server
      const open = one.unknown.filter((what) => what.endsWith('/*') || !one.unknown.includes(`${what.split('/')[0] ?? ''}/*`));
      const unknown = open.length > 0 ? ` Not known is what ${open.slice(0, 4).map((what) => `\`${what}\``).join(', ')}${open.length > 4 ? ` and ${open.length - 4} more` : ''} can do.` : '';
      return {
        path: one.agent.path, span: namePlace(workspace, one.agent.path, one.agent.document) ?? one.agent.span, code: one.code,
        message: `${one.environment === null ? '' : `In \`${one.environment}\` `}\`${one.agent.name}\` takes in untrusted content (${leg(one.untrusted)}), reads private data (${leg(one.secret)}) and sends out or changes something (${leg(one.outward)}), all without approval. Take one of the three away, or ask for approval of one.${unknown}`,
        ...wayOf(workspace, one),
      };
    }
  }
}

/** The rules that somebody wrote; what a tool asks about by itself is told only where there is nothing else. */
function standingInTheWay(workspace: Workspace, { rules }: Extract<AnalysisFinding, { readonly code: 'capability/delegation-escalation' }>): readonly CompiledRule[] {
  const defaults = new Set(workspace.shared(ENGINE).world.sets.flatMap((set) => set.otherwise));
  const written = rules.filter((rule) => !defaults.has(rule));
  return written.length > 0 ? written : rules;
}

/** Where the work is handed on, and where each of the three is declared, as far as it stands somewhere. */
function wayOf(workspace: Workspace, one: Extract<AnalysisFinding, { readonly code: 'capability/rule-of-two' }>): Pick<Problem, 'related'> {
  const found = new Map<string, Related>();
  const add = (path: string, span: Span | null, message: string): void => void (span && found.set(`${path} ${span.start} ${message}`, { path, span, message }));
  for (const [does, { over, what }] of [['takes in untrusted content', one.untrusted], ['reads private data', one.secret], ['sends out or changes something', one.outward]] as const) {
    for (const [index, from] of over.entries()) {
      const to = over[index + 1];
      if (to) add(from.path, delegatePlace(workspace, from, to.name) ?? from.span, `\`${from.name}\` hands work to \`${to.name}\`.`);
      else add(from.path, usePlace(workspace, from, what) ?? (index > 0 ? from.span : null), `\`${from.name}\` ${does} by \`${what}\`.`);
    }
  }
  return found.size > 0 ? { related: [...found.values()].slice(0, 20) } : {};
}

const foreignAgent = (workspace: Workspace, agent: Agent) => [agent.path, ...agent.definition].flatMap((path) => (workspace.facts(path)?.foreign?.agents ?? []).filter((one) => one.id === agent.name || path !== agent.path).map((one) => ({ path, one })))[0];

const delegatePlace = (workspace: Workspace, agent: Agent, to: string): Span | null => {
  const here = foreignAgent(workspace, agent);
  return entryPlace(workspace, agent.path, agent.document, 'delegates', 'agent', to) ?? (here?.path === agent.path ? (here.one.delegates.find((one) => one.name === to)?.span ?? null) : null);
};

/** Where the agent declares what it uses: its tool, data or channel, by name or by the pattern that stands for it. */
function usePlace(workspace: Workspace, agent: Agent, what: string): Span | null {
  const name = what.slice(what.indexOf(':') + 1);
  if (what.startsWith('data:')) return entryPlace(workspace, agent.path, agent.document, 'data', 'source', name);
  if (what.startsWith('channel:')) return entryPlace(workspace, agent.path, agent.document, 'inputs', 'channel', name) ?? entryPlace(workspace, agent.path, agent.document, 'outputs', 'channel', name);
  const grant = agent.tools.find((one) => one.pattern === name) ?? agent.tools.find((one) => !one.assumed && pattern(one.pattern).matches(name));
  if (!grant) return null;
  const here = foreignAgent(workspace, agent);
  return toolPlace(workspace, agent.path, agent.document, grant.pattern) ?? (here?.path === agent.path ? (here.one.tools.find((one) => !one.assumed && one.pattern === grant.pattern)?.span ?? null) : null);
}

function atRule(rule: CompiledRule, code: string, message: string, others: readonly Related[], fixes: readonly (Fix | null)[]): Placed {
  const found = fixes.filter((fix) => fix !== null);
  return { path: rule.file, span: rule.idSpan, code, message, ...(others.length > 0 ? { related: others } : {}), ...(found.length > 0 ? { fixes: found } : {}) };
}

const fixOf = (title: string, edit: FixEdit | null): Pick<Problem, 'fixes'> => (edit ? { fixes: [{ title, safe: false, edits: [edit] }] } : {});

const documentAt = (workspace: Workspace, path: string, document: number) => workspace.facts(path)?.documents.find((one) => one.index === document) ?? null;
const namePlace = (workspace: Workspace, path: string, document: number): Span | null => documentAt(workspace, path, document)?.places.value('/metadata/name') ?? null;
const toolPlace = (workspace: Workspace, path: string, document: number, tool: string): Span | null => entryPlace(workspace, path, document, 'tools', 'ref', tool);

/** The entry of a list of `spec` that has a name, itself or under a key. */
function entryPlace(workspace: Workspace, path: string, document: number, list: string, key: string, name: string): Span | null {
  const found = documentAt(workspace, path, document);
  const spec = field(found?.value, 'spec');
  const entries = field(spec, list);
  if (!found || !Array.isArray(entries)) return null;
  for (const [index, entry] of entries.entries()) {
    if (entry === name) return found.places.value(`/spec/${list}/${index}`);
    if (field(entry, key) === name) return found.places.value(`/spec/${list}/${index}/${key}`);
  }
  return null;
}

const field = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
