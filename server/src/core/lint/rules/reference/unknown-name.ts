// Names that nothing declares, and patterns that match nothing that is declared.
import { CONFIG_FILE, meant, type NameKind, type Reference } from '../../../documents';
import { UNOWNED } from '../../../model';
import { nearest, type Fix, type Problem } from '../../../text';
import { configIn, isElsewhere, packageConfig, resolveOutside, resolvePath, type DocumentFacts } from '../../../workspace';
import type { Rule, RuleContext } from '../../rule';
import { SHIPPED } from '../../shipped';
import { CODE_NAMES, isCodeName } from '../../code-names';
import { nothingDoc, unknownDocs } from './docs';
import { list, specOf, table, text } from '../values';
import { lookUp, patternMatches, type Looked } from './known';

const WORD: Partial<Record<string, string>> = { data: 'data source', server: 'tool server', file: 'file' };
/** Kinds whose names are fixed by the language, or whose checks are others'. */
const ELSEWHERE: ReadonlySet<NameKind> = new Set<NameKind>(['resource', 'format', 'variable', 'library', 'catalog', 'policytest']);

export const unknownName: Rule = {
  codes: [...unknownDocs, nothingDoc],
  check(context) {
    // what a package names is known where it was made
    if (isElsewhere(context.path)) return;
    for (const document of context.facts.documents) for (const reference of document.references) if (reference.check === 'reference' || reference.kind === 'file') checkReference(context, document, reference);
    checkServers(context);
  },
};

function checkReference(context: RuleContext, document: DocumentFacts, reference: Reference): void {
  const { kind, name } = reference;
  // a manifest that leaves its team open is told so by `ownership/missing`
  if (name === '' || meantUnknown(document, reference) || (kind === 'team' && name === UNOWNED && document.kind === 'Agent')) return;
  if (kind === 'code') return document.syntax.some((p) => p.code === 'yaml') ? undefined : checkCode(context, reference);
  if (ELSEWHERE.has(kind)) return;
  if (kind === 'file') return checkFile(context, document, reference);
  if (kind === 'party') return checkParty(context, reference);
  if (kind === 'rule') return checkRule(context, reference);
  if (kind === 'requirement') return checkRequirement(context, reference, 0);
  if (reference.pattern) {
    if (patternMatches(context.queries, kind, name) === 'unknown') context.report(matchesNothing(reference, name));
    return;
  }
  checkNamed(context, reference, kind, name, 0);
}

/** A test that expects the agent to be unknown names one that is. */
function meantUnknown(document: DocumentFacts, reference: Reference): boolean {
  if (document.kind !== 'PolicyTest' || reference.kind !== 'agent' || reference.path[1] !== 'cases') return false;
  return text(table(table(list(specOf(document.value).cases)[Number(reference.path[2])]).expect).cause) === 'unknown-agent';
}

/** `offset`: where the name begins within the reference's name (after `team:`). */
function checkNamed(context: RuleContext, reference: Reference, kind: NameKind, name: string, offset: number): void {
  const found = lookUp(context.queries, kind, name);
  if (found.verdict === 'unknown') context.report(kind === 'action' ? matchesNothing(reference, name, meant(name, found.candidates())) : unknown(reference, kind, name, found, offset));
}

const matchesNothing = (reference: Reference, name: string, guess: string | null = null): Problem => ({
  code: 'reference/matches-nothing',
  span: reference.span,
  message:
    reference.kind === 'action'
      ? `There is no action \`${name}\`, so ${effect(reference)}. ${guess ? `Did you mean \`${guess}\`?` : 'Actions are call, read, write, delete, delegate, invoke, respond and deploy.'}`
      : `The pattern \`${name}\` matches no ${WORD[reference.kind] ?? reference.kind} that this workspace declares, so ${effect(reference)}. Correct it, or declare what it is meant for.`,
  fixes: guess ? [replaceFix(reference, guess, 0, name)] : [],
});

const effect = (reference: Reference): string => (reference.negated ? 'it excludes nothing' : 'it has no effect');

/** `within`: what the name belongs to, where it is one of a document's own. */
function unknown(reference: Reference, kind: string, name: string, found: Looked, offset: number, within: string | null = null): Problem {
  const word = WORD[kind] ?? kind;
  const guess = meant(name, found.candidates());
  const all = (found.shown ?? found.candidates)();
  const known = all.slice(0, 6);
  const hint = guess ? `Did you mean \`${guess}\`?` : known.length > 0 ? `Known: ${known.map((k) => `\`${k}\``).join(', ')}${all.length > known.length ? ', …' : ''}. Use one of these, or ${within ? 'add' : 'declare'} \`${name}\`.` : '';
  const what = within ? `The ${within} has no ${word} \`${name}\`.` : `${article(word)} ${word} named \`${name}\` is not declared in this workspace.`;
  return { code: `reference/unknown-${kind}`, span: reference.span, message: `${what} ${hint}`.trim(), fixes: guess ? [replaceFix(reference, guess, offset, name)] : [] };
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? 'An' : 'A');

function replaceFix(reference: Reference, newName: string, offset: number, oldName: string): Fix {
  const { start, end } = reference.nameSpan;
  // where escapes hide the name, the whole text is replaced
  const written = end - start === reference.name.length;
  const edit = written ? { span: { start: start + offset, end: start + offset + oldName.length }, newText: newName } : { span: reference.span, newText: JSON.stringify(newName) };
  return { title: `Replace by \`${newName}\``, safe: false, edits: [edit] };
}

/** A team, a team's on-call, `team:x`, `person:y`, or `user`. */
function checkParty(context: RuleContext, reference: Reference): void {
  const { name } = reference;
  const { queries } = context;
  if (name === 'user') return;
  if (name.startsWith('team:')) return checkNamed(context, reference, 'team', name.slice(5), 5);
  if (name.startsWith('person:')) return checkNamed(context, reference, 'person', name.slice(7), 7);
  const found = lookUp(queries, 'team', name);
  if (found.verdict !== 'unknown' || queries.has('oncall', name)) return;
  if (queries.has('person', name)) {
    const fixes: Fix[] = [{ title: `Write \`person:${name}\``, safe: false, edits: [{ span: { start: reference.nameSpan.start, end: reference.nameSpan.start }, newText: 'person:' }] }];
    context.report({ code: 'reference/unknown-team', span: reference.span, message: `\`${name}\` is a person, and a bare name here means a team. Write \`person:${name}\`.`, fixes });
    return;
  }
  context.report(unknown(reference, 'team', name, { verdict: 'unknown', candidates: () => [...found.candidates(), ...queries.names('oncall'), 'user'] }, 0));
}

/** `policy/rule`. A gate (`agent#approvals/0`) is not a rule of a policy. */
function checkRule(context: RuleContext, reference: Reference): void {
  const { queries } = context;
  const slash = reference.name.indexOf('/');
  if (slash < 0 || reference.name.includes('#')) return;
  const policyName = reference.name.slice(0, slash);
  const policy = lookUp(queries, 'policy', policyName);
  if (policy.verdict === 'unknown') return context.report(unknown(reference, 'policy', policyName, policy, 0));
  if (policy.verdict === 'unjudged' || queries.has('rule', reference.name)) return;
  const candidates = (): string[] => [...queries.names('rule')].filter((n) => n.startsWith(`${policyName}/`)).map((n) => n.slice(slash + 1));
  context.report(unknown(reference, 'rule', reference.name.slice(slash + 1), { verdict: 'unknown', candidates }, slash + 1, `policy \`${policyName}\``));
}

/** `standard/requirement`, from `offset` of the reference's name. */
function checkRequirement(context: RuleContext, reference: Reference, offset: number): void {
  const { queries } = context;
  const full = reference.name.slice(offset);
  const slash = full.indexOf('/');
  if (slash < 0) return;
  const [standardName, name] = [full.slice(0, slash), full.slice(slash + 1)];
  const shipped = SHIPPED.get(standardName)?.requirements.map(({ id }) => `${standardName}/${id}`) ?? [];
  if (shipped.length === 0 && !queries.has('standard', standardName)) return checkNamed(context, reference, 'standard', standardName, offset);
  if (name.includes('*') || shipped.includes(full) || queries.has('requirement', full)) return;
  const candidates = (): string[] => [...shipped, ...queries.names('requirement')].filter((n) => n.startsWith(`${standardName}/`)).map((n) => n.slice(slash + 1));
  context.report(unknown(reference, 'requirement', name, { verdict: 'unknown', candidates }, offset + slash + 1, `standard \`${standardName}\``));
}

/** A code in `.countersign.yaml`; those of standards name a standard and its requirement. */
function checkCode(context: RuleContext, reference: Reference): void {
  const { name } = reference;
  if (name.startsWith('standard/') && name !== 'standard/*') return checkRequirement(context, reference, 'standard/'.length);
  if (isCodeName(name)) return;
  const guess = nearest(name, CODE_NAMES) ?? (isCodeName(`${name}/*`) ? `${name}/*` : null);
  const hint = guess ? `Did you mean \`${guess}\`?` : 'Write a code such as `reference/unknown-team`, or a family such as `reference/*`.';
  context.report({ code: 'schema/enum', span: reference.span, message: `There is no code \`${name.slice(0, 60)}\`, so this sets nothing. ${hint}`, fixes: guess ? [replaceFix(reference, guess, 0, name)] : [] });
}

/** The server of each tool that a Catalog declares, where Catalogs declare servers. */
function checkServers(context: RuleContext): void {
  const { facts, queries } = context;
  const tools = facts.declared.filter((d) => d.kind === 'tool' && d.name.includes('/'));
  if (tools.length === 0 || !queries.declares('server')) return;
  const declared = queries.all('server').filter((d) => d.ours);
  if (declared.length === 0) return;
  for (const tool of tools) {
    const name = tool.name.slice(0, tool.name.indexOf('/'));
    if (queries.has('server', name)) continue;
    const reference: Reference = { kind: 'server', name, span: tool.span, nameSpan: { start: tool.nameSpan.start, end: tool.nameSpan.start + name.length }, path: [], pattern: false, negated: false, check: 'reference' };
    context.report(unknown(reference, 'server', name, { verdict: 'unknown', candidates: () => declared.map((d) => d.name) }, 0));
  }
}

function checkFile(context: RuleContext, document: DocumentFacts, reference: Reference): void {
  // a library keeps to its own folder; every other path begins at the workspace folder
  const library = document.kind === 'SnippetLibrary';
  const extending = document.schema === 'config' && reference.path[0] === 'extends' && !isPackage(document, reference);
  const target = resolvePath('', reference.name, false) === null ? null : resolvePath(context.path, extending ? configIn(reference.name) : reference.name, library);
  if (target === null) {
    const outside = document.schema === 'config' && reference.path[0] === 'libraries' ? resolveOutside('', reference.name) : null;
    if (outside !== null) return checkOutside(context, reference, outside);
    const inside = library ? 'its path stays in the folder of the library and begins there' : 'its path stays in the workspace and begins at the workspace folder';
    return context.report({ code: 'schema/format', span: reference.span, message: `\`${reference.name.slice(0, 60)}\` leads outside. A file is named so that ${inside}, e.g. \`${library ? 'snippets/blocks.code-snippets' : '.github/agents/refund.agent.md'}\`.` });
  }
  if (isPackage(document, reference)) return checkPackage(context, reference);
  if (/[*?[{]/.test(reference.name)) return;
  const inAgent = document.kind === 'Agent';
  if (inAgent && context.queries.facts(target)?.documents.some((d) => d.kind === 'Agent')) {
    const itself = target === context.path;
    return context.report({ code: 'schema/format', span: reference.span, message: `\`${target}\` is ${itself ? 'this manifest itself' : 'a manifest too'}. \`definition\` names the file that really runs, such as \`.github/agents/refund.agent.md\`.` });
  }
  if (context.queries.exists(target)) return;
  const named = document.schema === 'config' && reference.path[0] === 'libraries';
  context.report({
    code: inAgent ? 'drift/missing-definition' : 'reference/unknown-file',
    span: reference.span,
    message: inAgent ? `The agent file \`${target}\` does not exist, so nothing shows that this manifest governs what really runs. Correct the path (it begins at the workspace folder).` : `There is no ${named ? 'folder' : 'file'} \`${target}\` in this workspace. Correct the path${library ? ' (it begins at the folder of the library)' : ''}, ${named ? `or add the folder${context.queries.exists('.gitmodules') ? ' (of a git submodule: `git submodule update --init`)' : ''}.` : 'or add the file.'}`,
  });
}

/** The library of another folder, which only the host can give: there where it did. Where nothing is trusted nothing is known of it. */
function checkOutside({ queries, report }: RuleContext, reference: Reference, target: string): void {
  if (!queries.libraries.packages || queries.exists(target)) return;
  const name = reference.name.slice(0, 80);
  report({ code: 'schema/format', span: reference.span, message: `\`${name}\` leads outside, and no other folder that is open holds it, so its snippets are not offered. Open its folder in the same window (on the command line: \`--folder ${name}\`), move it into the workspace, or install it as a package.` });
}

/** Settings that somebody else is to give are missed where they are not there; where packages are not read, nothing is known of them. */
function checkPackage({ queries, report }: RuleContext, reference: Reference): void {
  const target = packageConfig(reference.name);
  if (target === null || !queries.settings.packages || queries.exists(target)) return;
  const here = queries.exists(`${reference.name}/${CONFIG_FILE}`);
  report({ code: 'reference/unknown-file', span: reference.span, message: `The package \`${reference.name}\` is not installed in \`node_modules\` here or further up to the root of the repository, or has no \`.countersign.yaml\`, so the settings that it should give do not apply. ${here ? `If the folder of this name is meant, write \`./${reference.name}\`.` : 'Install it (`npm install`), or correct the name.'}` });
}

/** `extends` takes packages too; what begins with a dot or ends like a file is a path. */
const isPackage = (document: DocumentFacts, reference: Reference): boolean => document.schema === 'config' && reference.path[0] === 'extends' && !/^\.{1,2}\/|\.ya?ml$/.test(reference.name);
