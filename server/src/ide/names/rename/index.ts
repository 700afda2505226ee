// Renaming: a name in every file that names it, in each file's own form. What cannot follow is said, never left behind in silence.
import { pattern, type TextEdit } from '../../../core/text';
import type { FileFacts, Workspace } from '../../../core/workspace';
import { nameAt, type NameAt } from '../at';
import { conditionNames } from '../in-conditions';
import { localOf, mentions } from '../navigate';
import { namesIn } from '../names-in';
import { code } from '../words';
import type { FileEdits, Rename, Renaming } from '../../types';
import { conflict, placeholderOf, refusal, unfit, wholeName } from './allowed';
import { editsAt } from './edits';
import { movesOf, pathEdits, type Move } from './moves';
import { leftBehind } from './left-behind';
import { effectOn, entryBeside, type PatternEffect } from './patterns';

/** What would be renamed; a text says why nothing can be. */
export function prepareRename(workspace: Workspace, path: string, offset: number): Rename | string | null {
  const at = nameAt(workspace, path, offset, true);
  if (!at) return null;
  const refused = refusal(workspace, at);
  if (refused !== null) return refused;
  return { span: shownSpan(at), placeholder: placeholderOf(at) };
}

/** The part of the place that the editor's box holds: of `server/tool` the tool. */
function shownSpan({ kind, name, written, span }: NameAt): NameAt['span'] {
  return kind === 'tool' && written === name && name.includes('/') ? { start: span.start + name.indexOf('/') + 1, end: span.end } : span;
}

export function rename(workspace: Workspace, path: string, offset: number, typed: string): Renaming | string {
  const at = nameAt(workspace, path, offset, true);
  if (!at) return 'There is no name here that Countersign knows.';
  const whole = wholeName(at, typed);
  const refused = refusal(workspace, at) ?? unfit(at.kind, typed, whole) ?? conflict(workspace, at, whole);
  if (refused !== null) return refused;
  if (whole === at.name) return { files: [], moves: [], choices: [], notes: [] };
  return renaming(workspace, at, whole);
}

interface Work {
  readonly workspace: Workspace;
  readonly at: NameAt;
  readonly whole: string;
  readonly edits: Map<string, TextEdit[]>;
  readonly unsure: Map<string, TextEdit[]>;
  readonly notes: string[];
  readonly refusals: string[];
}

function renaming(workspace: Workspace, at: NameAt, whole: string): Renaming | string {
  const work: Work = { workspace, at, whole, edits: new Map(), unsure: new Map(), notes: [], refusals: [] };
  for (const [path, found] of mentions(workspace, at, false)) {
    const facts = workspace.facts(path);
    if (facts) for (const place of unique(found)) addPlace(work, facts, place);
  }
  if (work.refusals[0] !== undefined) return work.refusals[0];
  const listed = (): FileEdits[] => [...work.edits].map(([path, edits]) => ({ path, edits }));
  const moves = at.kind === 'agent' ? movesOf(workspace, at.name, whole, listed()) : [];
  if (typeof moves === 'string') return moves;
  if (moves.length > 0) followMoves(work, moves);
  const choices = [...unsureChoices(work), ...patternChoices(work)];
  partialTests(work);
  work.notes.push(...leftBehind(workspace, at, work.edits));
  if (work.edits.size === 0 && moves.length === 0) return work.notes[0] ?? `Nothing could be renamed: ${code(at.name)} is not written out anywhere.`;
  return { files: sorted(listed()), moves, choices, notes: work.notes };
}

const sorted = (files: readonly FileEdits[]): FileEdits[] =>
  files.map(({ path, edits }) => ({ path, edits: [...edits].sort((a, b) => a.span.start - b.span.start) })).sort((a, b) => (a.path < b.path ? -1 : 1));

/** A title that is also declared as the agent's name stands in the list twice. */
function unique(found: readonly NameAt[]): NameAt[] {
  const seen = new Set<string>();
  return found.filter(({ span }) => !seen.has(`${span.start} ${span.end}`) && seen.add(`${span.start} ${span.end}`));
}

function addPlace(work: Work, facts: FileFacts, place: NameAt): void {
  const text = work.workspace.text(facts.path) ?? '';
  // an agent file that has its name from its path moves; see `movesOf`
  if (place.kind === 'agent' && place.within === 'file' && place.role === 'declares' && place.written === null) return;
  // the editor's own tools have words of their own there, which no rename can change
  if (place.written === null && place.within === 'file' && (place.kind === 'tool' || place.kind === 'server')) {
    return void work.refusals.push(`${where(facts.path, text, place.span.start)} ${code(shown(text, place))} means ${code(place.name)} and cannot be written otherwise. What other tools name for themselves keeps its name.`);
  }
  const edits = editsAt(facts, text, place, work.whole);
  if (typeof edits === 'string') work.notes.push(`${where(facts.path, text, place.span.start)} ${code(shown(text, place))} was left as it is: ${edits}.`);
  else add(place.unsure ? work.unsure : work.edits, facts.path, edits);
}

function add(to: Map<string, TextEdit[]>, path: string, edits: readonly TextEdit[]): void {
  const known = to.get(path) ?? [];
  const fresh = edits.filter((edit) => !known.some((other) => other.span.start < Math.max(edit.span.end, edit.span.start + 1) && edit.span.start < Math.max(other.span.end, other.span.start + 1)));
  if (fresh.length > 0) to.set(path, [...known, ...fresh]);
}

const where = (path: string, text: string, offset: number): string => `${code(path)}, line ${text.slice(0, offset).split('\n').length}:`;
const shown = (text: string, { span }: NameAt): string => text.slice(span.start, Math.min(span.end, span.start + 80));

function followMoves(work: Work, moves: readonly Move[]): void {
  for (const path of work.workspace.paths()) {
    const facts = work.workspace.facts(path);
    if (facts?.documents.some((document) => document.references.some(({ kind }) => kind === 'file'))) add(work.edits, path, pathEdits(facts, work.workspace.text(path) ?? '', moves));
  }
}

/** Places where a condition does not say which of several things of one name it means. */
const unsureChoices = (work: Work): Renaming['choices'] =>
  work.unsure.size === 0 ? [] : [{ label: 'Conditions that may mean something else', description: `Other things are called ${work.at.name} too, and these conditions do not say which they mean.`, files: sorted([...work.unsure].map(([path, edits]) => ({ path, edits }))) }];

/** The names of the pattern's kind that change: a server takes its tools along. */
function changedNames({ workspace, at, whole }: Work): readonly (readonly [string, string])[] {
  if (at.kind !== 'server') return [[at.name, whole]];
  return [...workspace.names('tool').keys()].filter((tool) => tool.startsWith(`${at.name}/`)).map((tool) => [tool, whole + tool.slice(at.name.length)]);
}

/** Entries beside patterns that matched the old name and do not match the new one: offered, since a wider pattern is never changed by itself. */
function patternChoices(work: Work): Renaming['choices'] {
  const { workspace, at, whole } = work;
  const kind = at.kind === 'server' ? 'tool' : at.kind;
  const changed = changedNames(work);
  const offered = new Map<string, TextEdit[]>();
  const lost: string[] = [];
  for (const path of changed.length > 0 ? workspace.paths() : []) {
    const facts = workspace.facts(path);
    if (!facts || !mayHold(facts)) continue;
    const text = workspace.text(path) ?? '';
    for (const place of namesIn(workspace, facts, { about: [], patterns: true })) {
      if (place.kind !== kind || !place.pattern || place.role !== 'uses') continue;
      const after = at.kind === 'server' && place.name.startsWith(`${at.name}/`) ? whole + place.name.slice(at.name.length) : place.name;
      const effect = effectOn(place, after, changed);
      if (effect) tell(work, effect, facts, text, changed, offered, lost);
    }
  }
  if (offered.size === 0) return [];
  return [{ label: 'Patterns that no longer match', description: `${lost.slice(0, 5).join(', ')} matched ${at.name} and will not match ${whole}. These edits add the new name beside the pattern.`, files: sorted([...offered].map(([path, edits]) => ({ path, edits }))) }];
}

const mayHold = (facts: FileFacts): boolean => facts.foreign !== null || facts.documents.some((document) => document.references.some((reference) => reference.pattern));

function tell(work: Work, { at: place, effect, source }: PatternEffect, facts: FileFacts, text: string, changed: readonly (readonly [string, string])[], offered: Map<string, TextEdit[]>, lost: string[]): void {
  const spot = where(facts.path, text, place.span.start);
  const matched = changed.filter(([before, now]) => pattern(place.name).matches(before) !== pattern(source).matches(now));
  const names = matched.slice(0, 3).map(([, now]) => code(now)).join(', ');
  if (effect === 'gained') return void work.notes.push(`${spot} the pattern ${code(source)} matches ${names} too.`);
  const edits = matched.flatMap(([, now]) => entryBeside(facts, text, place, now) ?? []);
  if (edits.length > 0) {
    lost.push(source);
    const known = offered.get(facts.path) ?? [];
    offered.set(facts.path, [...known, ...edits]);
  }
  const before = matched.slice(0, 3).map(([name]) => code(name)).join(', ');
  work.notes.push(`${spot} the pattern ${code(source)} matched ${before} and does not match ${names}. It was left as it is.`);
}

/** Conditions that test a part of the name, and those that cannot be read. */
function partialTests(work: Work): void {
  const { workspace, at, whole } = work;
  const [before, now] = [localOf(at), localOf({ kind: at.kind, name: whole })];
  for (const path of workspace.paths()) {
    const facts = workspace.facts(path);
    if (!facts?.documents.some(({ conditions }) => conditions.some(({ node }) => /\.(?:startsWith|endsWith|contains|matches)\(/.test(node.text) || node.text.includes(before)))) continue;
    const text = workspace.text(path) ?? '';
    for (const document of facts.documents) {
      const { partial, unread } = conditionNames(workspace, document, text);
      for (const { kind, test, text: part, span } of partial) {
        if (kind !== at.kind) continue;
        if (test === 'matches' ? text.slice(span.start, span.end).includes(before) : holds(test, part, at.name) !== holds(test, part, whole)) work.notes.push(`${where(path, text, span.start)} ${code(`${test}(…)`)} tests a part of the name and may decide otherwise for ${code(now)}.`);
      }
      for (const span of unread) if (text.slice(span.start, span.end).includes(before)) work.notes.push(`${where(path, text, span.start)} this condition cannot be read, so parts of it may have been left as they are.`);
    }
  }
}

const holds = (test: 'startsWith' | 'endsWith' | 'contains', part: string, name: string): boolean => (test === 'startsWith' ? name.startsWith(part) : test === 'endsWith' ? name.endsWith(part) : name.includes(part));
