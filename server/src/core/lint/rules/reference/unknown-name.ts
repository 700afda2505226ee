// Names that nothing declares, and patterns that match nothing that is declared.
import { isPattern, nearest, type Fix, type Problem } from '../../../text';
import type { DocumentReference } from '../../../documents';
import type { NameKind } from '../../../workspace';
import type { Rule, RuleContext } from '../../rule';
import { nothingDoc, unknownDocs } from './docs';
import { lookUp, patternMatches, type Looked } from './known';
import { resolvePath } from './paths';

const WORD: Partial<Record<string, string>> = { data: 'data source', server: 'tool server', file: 'file' };
const RESOURCE_KIND: Record<string, NameKind> = { tool: 'tool', data: 'data', agent: 'agent', model: 'model', channel: 'channel', environment: 'environment' };

export const unknownName: Rule = {
  codes: [...unknownDocs, nothingDoc],
  check(context) {
    for (const document of context.facts.documents) for (const reference of document.references) checkReference(context, reference);
  },
};

function checkReference(context: RuleContext, reference: DocumentReference): void {
  const { kind, name } = reference;
  if (name === '') return;
  if (kind === 'file') return checkFile(context, reference);
  if (kind === 'party') return checkParty(context, reference);
  if (kind === 'rule') return checkRule(context, reference);
  // waivers have a code of their own
  if (kind === 'requirement') return;
  if (kind === 'resource') return checkResource(context, reference);
  checkNamed(context, reference, kind as NameKind, name, 0);
}

/** `offset`: where the name begins within the reference's text (after `tool:`). */
function checkNamed(context: RuleContext, reference: DocumentReference, kind: NameKind, name: string, offset: number): void {
  if (isPattern(name)) {
    if (patternMatches(context.queries, kind, name) === 'unknown') context.report(matchesNothing(reference, kind, name));
    return;
  }
  const found = lookUp(context.queries, kind, name);
  if (found.verdict === 'unknown') context.report(unknown(reference, kind, name, found, offset));
}

const matchesNothing = (reference: DocumentReference, kind: string, name: string): Problem => ({
  code: 'reference/matches-nothing',
  span: reference.span,
  message: `The pattern \`${name}\` matches no ${WORD[kind] ?? kind} that this workspace declares, so ${reference.negated ? 'it excludes nothing' : 'it has no effect'}. Correct it, or declare what it is meant for.`,
});

function unknown(reference: DocumentReference, kind: string, name: string, found: Looked, offset: number): Problem {
  const word = WORD[kind] ?? kind;
  const guess = nearest(name, found.candidates());
  const known = found.candidates().slice(0, 6);
  const hint = guess ? `Did you mean \`${guess}\`?` : known.length > 0 ? `Known: ${known.map((k) => `\`${k}\``).join(', ')}${found.candidates().length > known.length ? ', …' : ''}. Use one of these, or declare \`${name}\`.` : '';
  return { code: `reference/unknown-${kind}`, span: reference.span, message: `${article(word)} ${word} named \`${name}\` is not declared in this workspace. ${hint}`.trim(), fixes: guess ? [replaceFix(reference, guess, offset, name)] : [] };
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? 'An' : 'A');

function replaceFix(reference: DocumentReference, newName: string, offset: number, oldName: string): Fix {
  const start = reference.nameStart + offset;
  return { title: `Replace by \`${newName}\``, safe: false, edits: [{ span: { start, end: start + oldName.length }, newText: newName }] };
}

/** A team, a team's on-call, `team:x`, `person:y`, or `user`. */
function checkParty(context: RuleContext, reference: DocumentReference): void {
  const { name } = reference;
  const { queries } = context;
  if (name === 'user') return;
  if (name.startsWith('team:')) return checkNamed(context, reference, 'team', name.slice(5), 5);
  if (name.startsWith('person:')) return checkNamed(context, reference, 'person', name.slice(7), 7);
  const found = lookUp(queries, 'team', name);
  if (found.verdict !== 'unknown' || queries.find('oncall', name).length > 0) return;
  if (queries.find('person', name).length > 0) {
    const fixes: Fix[] = [{ title: `Write \`person:${name}\``, safe: false, edits: [{ span: { start: reference.nameStart, end: reference.nameStart }, newText: 'person:' }] }];
    context.report({ code: 'reference/unknown-team', span: reference.span, message: `\`${name}\` is a person, and a bare name here means a team. Write \`person:${name}\`.`, fixes });
    return;
  }
  context.report(unknown(reference, 'team', name, { verdict: 'unknown', candidates: () => [...found.candidates(), ...queries.names('oncall'), 'user'] }, 0));
}

/** `policy/rule`. A gate (`agent#approvals/0`) is not a rule of a policy. */
function checkRule(context: RuleContext, reference: DocumentReference): void {
  const { queries } = context;
  const slash = reference.name.indexOf('/');
  if (slash < 0 || reference.name.includes('#') || isPattern(reference.name)) return;
  const policyName = reference.name.slice(0, slash);
  const policy = lookUp(queries, 'policy', policyName);
  if (policy.verdict === 'unknown') return context.report(unknown(reference, 'policy', policyName, policy, 0));
  if (policy.verdict === 'unjudged' || queries.find('rule', reference.name).length > 0) return;
  const candidates = (): string[] => [...queries.names('rule')].filter((n) => n.startsWith(`${policyName}/`)).map((n) => n.slice(slash + 1));
  context.report(unknown(reference, 'rule', reference.name.slice(slash + 1), { verdict: 'unknown', candidates }, slash + 1));
}

/** `type:id`, `type:pattern`, `*`. */
function checkResource(context: RuleContext, reference: DocumentReference): void {
  const colon = reference.name.indexOf(':');
  if (colon < 0) return;
  const type = reference.name.slice(0, colon);
  const kind = Object.hasOwn(RESOURCE_KIND, type) ? RESOURCE_KIND[type] : undefined;
  const id = reference.name.slice(colon + 1);
  if (kind && id !== '') checkNamed(context, reference, kind, id, colon + 1);
}

function checkFile(context: RuleContext, reference: DocumentReference): void {
  const target = resolvePath(context.path, reference.name, reference.base === 'file');
  if (target === null || /[*?[{]/.test(reference.name)) return;
  if (context.queries.exists(target)) return;
  const inAgent = reference.path.includes('definition');
  context.report({
    code: inAgent ? 'drift/missing-definition' : 'reference/unknown-file',
    span: reference.span,
    message: inAgent ? `The agent file \`${target}\` does not exist, so nothing shows that this manifest governs what really runs. Correct the path (it begins at the workspace folder).` : `There is no file \`${target}\` in this workspace.`,
  });
}
