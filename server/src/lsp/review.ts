// Review while one types: each folder that has a base is compared with it, step by step between edits; the newest text wins.
import type { Difference, Steps } from '../core/analysis';
import { CONFIG_FILE } from '../core/documents';
import { ENGINE, type Engine } from '../core/policy';
import { ACCEPTED_FILE } from '../core/workspace';
import { acceptEdit, groupItems, incompleteParts, incompleteWords, reviewOf, type Review } from '../ide';
import {
  REVIEW, REVIEW_ACCEPT, REVIEW_BASE, REVIEW_CHANGED, REVIEW_CONFIGURED,
  type ReviewAcceptParams, type ReviewAcceptResult, type ReviewBase, type ReviewBaseParams, type ReviewConfiguredParams, type ReviewFolder, type ReviewParams, type ReviewResult,
} from '../protocol';
import { textDigest } from './digest';
import type { FeatureContext } from './features/context';
import type { Folder } from './folder';
import { describe, Malformed } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';
import { followDisk, makeBase, type Base } from './review-base';
import { keyOfGroup, reviewFolder } from './review-folder';

export interface Reviews {
  /** Says that something may have changed. */
  touch(): void;
  /** what the folder is compared with, if anything */
  baseOf(folder: Folder): Base | null;
}

/** Compares two states, step by step. */
export type Compare = (before: Engine, after: Engine, options: { readonly now: number }) => Steps<Difference>;

interface State {
  base: Base;
  /** what the last answer was made from */
  seen: { readonly before: Engine; readonly after: Engine; readonly accepted: string | null; readonly day: number } | null;
  /** the states of both workspaces when they were looked at last */
  looked: string;
  review: Review | null;
  shown: ReviewFolder;
  /** milliseconds that the last comparison took */
  cost: number;
  /** a timer or a comparison that is under way; calling it ends it */
  cancel: (() => void) | null;
  /** since when an answer is due */
  due: number | null;
}

const SLICE = 8;
const DAY = 86_400_000;
/** How long a burst of edits is waited for: the longer, the more a comparison costs. */
const quietFor = (cost: number): number => Math.min(1_000, Math.max(30, cost * 2));
/** One who types without a pause is told something all the same. */
const LATEST = 2_000;

export function createReviews({ connection, guard, folders, documents }: FeatureContext, host: Host, outbox: Outbox, compare: Compare): Reviews {
  const states = new Map<Folder, State>();

  const waiting = (folder: Folder, label: string): ReviewFolder => ({
    folder: folder.uri, base: label, state: 'waiting', message: null, verdict: 'equal', notes: [], incomplete: [], nothing: false, changes: [], more: 0, agents: [],
  });

  /** What an answer rests on; the same objects as long as nothing of it changed. */
  const inputOf = (folder: Folder, { base }: State): NonNullable<State['seen']> => ({
    before: base.workspace.shared(ENGINE), after: folder.workspace.shared(ENGINE), accepted: folder.workspace.text(ACCEPTED_FILE), day: Math.floor(host.now() / DAY),
  });

  const lookOf = (folder: Folder, { base }: State): string => `${base.workspace.revision} ${folder.workspace.revision} ${Math.floor(host.now() / DAY)}`;

  function show(state: State, shown: ReviewFolder): void {
    const same = JSON.stringify(shown) === JSON.stringify(state.shown);
    state.shown = shown;
    if (!same) outbox.notify(REVIEW_CHANGED, null);
  }

  function schedule(folder: Folder, state: State): void {
    state.cancel?.();
    const now = host.now();
    state.due ??= now;
    const wait = Math.max(0, Math.min(quietFor(state.cost), state.due + LATEST - now));
    state.cancel = host.timer.after(wait, () => begin(folder, state));
  }

  function begin(folder: Folder, state: State): void {
    state.cancel = null;
    if (folder.removed || states.get(folder) !== state) return;
    folders.flush();
    followDisk(folder, state.base);
    state.looked = lookOf(folder, state);
    const input = inputOf(folder, state);
    if (isSame(state.seen, input)) {
      state.due = null;
      return;
    }
    let cancelled = false;
    state.cancel = () => (cancelled = true);
    let spent = 0;
    const steps = compare(input.before, input.after, { now: host.now() });
    const slice = (): void => {
      if (cancelled) return;
      if (documents.pending.size > 0) return schedule(folder, state);
      const started = host.now();
      try {
        for (;;) {
          const step = steps.next();
          if (step.done) return finish(folder, state, input, step.value, spent + host.now() - started);
          if (host.now() - started >= SLICE) break;
        }
      } catch (error) {
        fail(folder, state, input, error);
        return;
      }
      spent += host.now() - started;
      host.timer.soon(slice);
    };
    slice();
  }

  function finish(folder: Folder, state: State, input: NonNullable<State['seen']>, difference: Difference, cost: number): void {
    state.cancel = null;
    state.due = null;
    state.cost = cost;
    state.seen = input;
    state.review = reviewOf(state.base.workspace, folder.workspace, difference);
    const incomplete = incompleteWords(incompleteParts(folder.workspace), incompleteParts(state.base.workspace), state.base.label);
    const nothing = [folder.workspace, state.base.workspace].map((side) => side.shared(ENGINE).world).every(({ agents, sets }) => agents.all.length === 0 && sets.length === 0);
    show(state, reviewFolder(folder, state.base.label, state.review, incomplete, nothing));
    // an edit may have come in meanwhile
    api.touch();
  }

  function fail(folder: Folder, state: State, input: NonNullable<State['seen']>, error: unknown): void {
    state.cancel = null;
    state.due = null;
    state.seen = input;
    state.review = null;
    outbox.error(`A fault of Countersign in a review: ${describe(error)}`);
    show(state, { ...waiting(folder, state.base.label), state: 'failed', message: 'Countersign failed while it compared the decisions; its log says where. This is a fault of Countersign, please report it.' });
  }

  async function setBase({ folder: uri, base }: ReviewBaseParams): Promise<boolean> {
    if (typeof uri !== 'string') throw new Malformed('`folder` must be a URI');
    const folder = folders.named(uri);
    if (!folder) return false;
    const before = states.get(folder);
    before?.cancel?.();
    if (base === null) {
      states.delete(folder);
      outbox.notify(REVIEW_CHANGED, null);
      return true;
    }
    checkBase(base);
    await folder.whenReady;
    if (folder.removed) return false;
    folders.flush();
    const made = makeBase(folder, base, states.get(folder)?.base ?? null, folders, host.now());
    if (!made) {
      states.delete(folder);
      return false;
    }
    const known = states.get(folder);
    known?.cancel?.();
    const state: State = known ? { ...known, base: made, cancel: null } : { base: made, seen: null, looked: '', review: null, shown: waiting(folder, made.label), cost: 0, cancel: null, due: null };
    if (state.shown.base !== made.label) state.shown = { ...state.shown, base: made.label };
    states.set(folder, state);
    outbox.notify(REVIEW_CHANGED, null);
    schedule(folder, state);
    return true;
  }

  connection.onRequest(REVIEW_CONFIGURED, guard.request<ReviewConfiguredParams, unknown, []>(REVIEW_CONFIGURED, ({ folder: uri, paths }: ReviewConfiguredParams): boolean => {
    if (typeof uri !== 'string' || !Array.isArray(paths)) throw new Malformed('`folder` must be a URI and `paths` a list');
    folders.flush();
    const folder = folders.named(uri);
    return folder !== null && paths.some((path) => typeof path === 'string' && (path === CONFIG_FILE || folder.workspace.extends(path)));
  }));
  connection.onRequest(REVIEW_BASE, guard.request<ReviewBaseParams, unknown, []>(REVIEW_BASE, setBase));
  connection.onRequest(REVIEW, guard.request(REVIEW, (params: ReviewParams): ReviewResult => {
    const shown = folders.all().flatMap((folder) => states.get(folder)?.shown ?? []);
    const digest = textDigest(JSON.stringify(shown));
    return { digest, folders: digest === params?.known ? null : shown };
  }));
  connection.onRequest(REVIEW_ACCEPT, guard.request<ReviewAcceptParams, unknown, []>(REVIEW_ACCEPT, ({ folder: uri, key, reason, by }: ReviewAcceptParams): ReviewAcceptResult => {
    if ([uri, key, reason, by].some((text) => typeof text !== 'string')) throw new Malformed('`folder`, `key`, `reason` and `by` must be texts');
    folders.flush();
    const folder = folders.named(uri);
    const group = folder && groupItems(states.get(folder)?.review?.items ?? []).find((one) => keyOfGroup(one) === key);
    if (!folder || !group) return null;
    const text = folder.workspace.text(ACCEPTED_FILE);
    const edit = acceptEdit(text, group.parts.map((part) => part.region), { reason, by, on: new Date(host.now()).toISOString().slice(0, 10) });
    if (!edit) return { message: `\`${ACCEPTED_FILE}\` is not written as a list of accepted changes; mend it first.` };
    return { uri: folder.uriOf(ACCEPTED_FILE), create: text === null, range: folder.lines(ACCEPTED_FILE)?.range(edit.span) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: edit.newText };
  }));

  const api: Reviews = {
    touch() {
      for (const [folder, state] of states) {
        if (folder.removed) {
          state.cancel?.();
          states.delete(folder);
        } else if (state.looked !== lookOf(folder, state)) schedule(folder, state);
      }
    },
    baseOf: (folder) => states.get(folder)?.base ?? null,
  };
  return api;
}

const isSame = (a: State['seen'], b: NonNullable<State['seen']>): boolean => a !== null && a.before === b.before && a.after === b.after && a.accepted === b.accepted && a.day === b.day;

function checkBase(base: ReviewBase): void {
  const isBase = typeof base === 'object' && typeof base.label === 'string'
    && (base.kind === 'folder' ? typeof base.uri === 'string' : base.kind === 'texts' && Array.isArray(base.files) && base.files.every((file) => typeof file?.uri === 'string' && (file.text === null || typeof file.text === 'string')));
  if (!isBase) throw new Malformed('`base` must be a folder, or texts of files');
}
