// How a finding of the analysis is mended: take out what changes nothing, or leave out of an allowance what a denial takes back.
import { print } from '../conditions';
import { inline, insertPair, removeItem, replaceScalar, yamlScalar } from '../documents';
import { canMatch, type CompiledRule, type NameMatcher } from '../policy';
import { pattern, type Fix, type FixEdit } from '../text';
import { AGENTS, type Workspace } from '../workspace';
import { nodeAt, resolve, valueOf, type MapNode, type Node, type SeqNode } from '../yaml';

/** As rules are usually written. */
const ORDER = ['id', 'effect', 'agents', 'roles', 'actions', 'resources', 'environments', 'when', 'unless', 'approval', 'obligations', 'expires', 'reason', 'owner'];

/** Takes a rule out of its list; of the only rule nothing is proposed. `why`: what becomes of it, behind the title. */
export function removal(workspace: Workspace, rule: CompiledRule, why: string): Fix | null {
  const text = workspace.text(rule.file) ?? '';
  if (rule.policy.rules.length < 2) return null;
  const list = rulesOf(workspace, rule);
  const edit = list?.flow ? removeItem(text, list, rule.index) : list ? withItsLines(text, rule) : null;
  return edit && { title: `Remove \`${rule.id}\`${isSigned(workspace, rule) ? SIGNED : why}`, safe: false, edits: [edit] };
}

const SIGNED = '; what was approved with it has to be approved anew';

/** Whether somebody signed the rule with an agent: then every change of it ends that approval. */
const isSigned = (workspace: Workspace, rule: CompiledRule): boolean =>
  workspace.shared(AGENTS).all.some((agent) => agent.gates.some((gate) => gate.records.length > 0) && canMatch(rule, agent));

/** The lines of the rule, a comment on its last one included; what is said above the next stays. */
function withItsLines(text: string, { span }: CompiledRule): FixEdit | null {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', Math.max(span.start, span.end - 1));
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  if (!/^\s*- *$/.test(text.slice(lineStart, span.start)) || !/^\s*(#[^\n]*)?\s*$/.test(text.slice(span.end, end))) return null;
  return { span: { start: lineStart, end }, newText: '' };
}

/** Takes an entry out of a list of a manifest's `spec`, by its name or by a key of it; null for the last one, without which the list means something else. */
export function entryRemoval(workspace: Workspace, at: { readonly path: string; readonly document: number }, list: string, key: string, name: string): FixEdit | null {
  const found = resolve(nodeAt(rootOf(workspace, at.path, at.document), ['spec', list]));
  if (found?.kind !== 'seq') return null;
  const textOf = (node: Node | null): string | null => (node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null);
  const index = found.items.findIndex((item) => {
    const entry = resolve(item);
    return (textOf(entry) ?? (entry?.kind === 'map' ? textOf(resolve(valueOf(entry, key))) : null)) === name;
  });
  return index < 0 ? null : removeItem(workspace.text(at.path) ?? '', found, index);
}

/** Obligations that stay when something is denied. */
const KEPT_ON_DENY: ReadonlySet<string> = new Set(['log', 'notify', 'ticket']);

/** Makes the allowance leave out what the denial covers, so that every decision stays as it is; null where that cannot be said in one place. */
export function narrowing(workspace: Workspace, allow: CompiledRule, deny: CompiledRule): Fix | null {
  // a denial with a date would be gone one day, and the hole that it left would stay
  if ([allow, deny].some((rule) => rule.malformed !== null || rule.never || rule.where !== null) || deny.expires !== Infinity) return null;
  // what it asks for is asked for also where it is denied
  if (allow.obligations.some(({ name }) => KEPT_ON_DENY.has(name))) return null;
  const map = resolve(nodeAt(rootOf(workspace, allow.file, allow.policy.document), ['spec', 'rules', allow.index]));
  if (map?.kind !== 'map') return null;
  const text = workspace.text(allow.file) ?? '';
  const beyond = beyondAllow(allow, deny);
  const condition = conditionOf(deny, allow);
  if (beyond === null || condition === undefined) return null;
  const [one, more] = beyond;
  const edit = condition === null && one && !more && one.matcher.sources.every((source) => !source.startsWith('!'))
    ? exclude(text, map, one.field, one.matcher.sources)
    : exception(text, map, allow, beyond, condition);
  return edit && { title: `Leave out of \`${allow.id}\` what \`${deny.id}\` denies${isSigned(workspace, allow) ? SIGNED : ''}`, safe: false, edits: [edit] };
}

const FIELDS = ['agents', 'roles', 'actions', 'resources', 'environments'] as const;
type Field = (typeof FIELDS)[number];

interface Beyond {
  readonly field: Field;
  readonly matcher: NameMatcher;
}

/** The lists of the denial that the allowance reaches beyond; null where the denial's can be told in no list. */
function beyondAllow(allow: CompiledRule, deny: CompiledRule): readonly Beyond[] | null {
  const found: Beyond[] = [];
  for (const field of FIELDS) {
    const scoped = field === 'agents' || field === 'roles' || field === 'environments' ? field : null;
    const mine = [allow[field], scoped && allow.policy.scope[scoped]].filter((matcher) => matcher !== null);
    for (const matcher of [deny[field], scoped && deny.policy.scope[scoped]]) {
      if (matcher && !mine.some((other) => within(other, matcher, field))) found.push({ field, matcher });
    }
  }
  return found;
}

/** Whatever the first list takes, the second takes; false where that is not plain to see. */
function within(inner: NameMatcher, outer: NameMatcher, field: Field): boolean {
  if (JSON.stringify([...inner.sources].sort()) === JSON.stringify([...outer.sources].sort())) return true;
  if (field === 'roles' || inner.exclusionsOnly || outer.sources.some((source) => source.startsWith('!'))) return false;
  const patterns = outer.sources.map(pattern);
  // a pattern that takes the text of another, stars and all, takes whatever the other does
  return inner.sources.filter((source) => !source.startsWith('!')).every((source) => patterns.some((one) => one.matches(source)));
}

/** The condition of the denial in the words of the allowance's policy; null: it has none; undefined: it cannot be said there. */
function conditionOf(deny: CompiledRule, allow: CompiledRule): string | null | undefined {
  const when = deny.when && print(deny.when.ast);
  const unless = deny.unless && print(deny.unless.ast);
  if (when === null && unless === null) return null;
  const text = [when === null ? '' : unless === null ? when : `(${when})`, unless === null ? '' : `!(${unless})`].filter(Boolean).join(' && ');
  return deny.policy !== allow.policy && /\bvariables\b/.test(text) ? undefined : text;
}

/** What a list of the denial says of a request, as a condition; null where the condition would say something else. */
function asCondition({ field, matcher }: Beyond): string | null {
  const quoted = (name: string): string => JSON.stringify(name);
  const among = (name: string): string | null => (matcher.literals === null ? null : matcher.literals.length === 1 ? `${name} == ${quoted(matcher.literals[0] ?? '')}` : `${name} in [${matcher.literals.map(quoted).join(', ')}]`);
  switch (field) {
    case 'agents':
      return among('agent.id');
    case 'actions':
      return among('action.name');
    case 'roles':
      return matcher.literals === null ? null : anyOf(matcher.literals.map((role) => `${quoted(role)} in agent.roles`));
    case 'resources': {
      const parts = matcher.sources.map(resourceCondition);
      return parts.every((part) => part !== null) ? anyOf(parts) : null;
    }
    case 'environments':
      // it also denies where no environment is named, or one that nobody knows
      return null;
  }
}

function resourceCondition(source: string): string | null {
  const [, type = '', id = ''] = /^([a-z]+):(.*)$/.exec(source) ?? [];
  if (type === '') return null;
  const typed = `resource.type == ${JSON.stringify(type)}`;
  if (/^\*+$/.test(id)) return typed;
  const star = id.indexOf('*');
  if (star >= 0 && star !== id.length - 1) return null;
  return `${typed} && ${star < 0 ? `resource.id == ${JSON.stringify(id)}` : `resource.id.startsWith(${JSON.stringify(id.slice(0, -1))})`}`;
}

const anyOf = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' || '));

/** `unless`: where the denial applies. What is an error there denies on both sides. */
function exception(text: string, map: MapNode, allow: CompiledRule, beyond: readonly Beyond[], condition: string | null): FixEdit | null {
  const lists = beyond.map(asCondition);
  if (lists.some((part) => part === null)) return null;
  const parts = [...lists.flatMap((part) => part ?? []), ...(condition === null ? [] : [condition])];
  if (parts.length === 0) return null;
  const covered = parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' && ');
  const known = map.pairs.find(({ key }) => key.text === 'unless');
  if (!known) return insertPair(text, map, 'unless', ORDER, ({ style }) => (style === 'json' ? `"unless": ${JSON.stringify(covered)}` : `unless: ${conditionScalar(covered)}`));
  const node = resolve(known.value);
  return node?.kind === 'scalar' && allow.unless ? replaceScalar(node, `(${print(allow.unless.ast)}) || (${covered})`, conditionScalar) : null;
}

/** A condition as a scalar, in the quotes that need no escapes where there are any. */
const conditionScalar = (text: string): string => {
  const plain = yamlScalar(text);
  return plain.startsWith('"') && text.includes('"') && !text.includes("'") ? `'${text}'` : plain;
};

/** Adds `!x` to a list of the rule, or makes one. */
function exclude(text: string, map: MapNode, field: Field, sources: readonly string[]): FixEdit | null {
  const excluded = sources.map((source) => `!${source}`);
  const known = map.pairs.find(({ key }) => key.text === field);
  if (!known) return insertPair(text, map, field, ORDER, ({ style }) => `${style === 'json' ? JSON.stringify(field) : field}: ${inline(excluded, style === 'json')}`);
  const list = resolve(known.value);
  return list?.kind === 'seq' ? appended(text, list, excluded) : null;
}

function appended(text: string, list: SeqNode, entries: readonly string[]): FixEdit | null {
  const last = list.items[list.items.length - 1];
  if (!last) return null;
  const at = (offset: number, newText: string): FixEdit => ({ span: { start: offset, end: offset }, newText });
  if (list.flow) return at(last.end, entries.map((entry) => `, ${JSON.stringify(entry)}`).join(''));
  const dash = text.lastIndexOf('-', last.start - 1);
  const lineStart = text.lastIndexOf('\n', dash - 1) + 1;
  if (dash < 0 || text.slice(lineStart, dash).trim() !== '') return null;
  let end = last.end;
  while (end > last.start && /\s/.test(text[end - 1] ?? '')) end--;
  const newline = text.indexOf('\n', end);
  const stop = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  return at(stop, entries.map((entry) => `${eol}${text.slice(lineStart, dash)}- ${JSON.stringify(entry)}`).join(''));
}

function rulesOf(workspace: Workspace, rule: CompiledRule): SeqNode | null {
  const list = resolve(nodeAt(rootOf(workspace, rule.file, rule.policy.document), ['spec', 'rules']));
  return list?.kind === 'seq' ? list : null;
}

const rootOf = (workspace: Workspace, path: string, document: number): Node | null => workspace.facts(path)?.documents.find(({ index }) => index === document)?.root ?? null;
