// Review by meaning: which decisions change against a base, live from unsaved text.
import type { FilePlace } from './place';

/** Notification, server to client: the answer to `REVIEW` may be another. Sent once a base was given. */
export const REVIEW_CHANGED = 'countersign/review/changed';

/** Request, client to server: the state that a folder is compared with from now on. Resolves when it was taken in. */
export const REVIEW_BASE = 'countersign/review/base';
export interface ReviewBaseParams {
  /** URI of the workspace folder */
  readonly folder: string;
  readonly base: ReviewBase | null;
}
/**
 * `texts`: what the folder's files say now, but for `files`, which said this (null: they were not there);
 * `folder`: another workspace folder as it is now.
 */
export type ReviewBase =
  | { readonly kind: 'texts'; readonly label: string; /** what is not open changes with the disk */ readonly follows?: boolean; readonly files: readonly { readonly uri: string; readonly text: string | null }[] }
  | { readonly kind: 'folder'; readonly label: string; readonly uri: string };

/** Request: whether one of these files, relative to the folder, is its configuration or a part of it. Where it is, the state before may have left out, or read, other files. */
export const REVIEW_CONFIGURED = 'countersign/review/configured';
export interface ReviewConfiguredParams {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Request: what changes, folder by folder. */
export const REVIEW = 'countersign/review';
export interface ReviewParams {
  /** the digest of what the client has; the same is not sent again */
  readonly known?: string;
}
export interface ReviewResult {
  readonly digest: string;
  readonly folders: readonly ReviewFolder[] | null;
}
export interface ReviewFolder {
  readonly folder: string;
  /** what it is compared with */
  readonly base: string;
  /** `waiting`: nothing is known yet; `failed`: `message` says why */
  readonly state: 'waiting' | 'ready' | 'failed';
  readonly message: string | null;
  readonly verdict: 'equal' | 'changed' | 'unknown';
  /** why it cannot be told, and what was assumed, in sentences */
  readonly notes: readonly string[];
  /** what of the policies of either state cannot be read, so that the answer holds for the rest alone; empty where all can be read */
  readonly incomplete: readonly string[];
  /** neither state has an agent or a rule: there is nothing to decide */
  readonly nothing: boolean;
  /** widenings first */
  readonly changes: readonly ReviewChange[];
  /** how many the list leaves out */
  readonly more: number;
  readonly agents: readonly ReviewAgent[];
}
export type ReviewKind = 'widened' | 'narrowed' | 'approval-changed' | 'obligations-changed' | 'unknown';
export interface ReviewChange {
  /** names it as long as it stays the same */
  readonly key: string;
  readonly change: ReviewKind;
  /** `refund-assistant · call · tool:payments/refund · production · args.amount > 500` */
  readonly where: string;
  /** `Allows more than before` */
  readonly heading: string;
  /** what is decided now, a sentence; names in it are plain text */
  readonly sentence: string;
  /** `deny`, `allow`, `approval of finance-ops`, with obligations */
  readonly before: string;
  readonly after: string;
  /** what was decided before and by which rule */
  readonly beforeWords: string;
  /** what is particular of the witness, in words */
  readonly example: string;
  /** a request in its short form, that was decided on both sides; null where none was found */
  readonly witness: unknown;
  readonly agents: readonly string[];
  /** ids of the rules responsible */
  readonly rules: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** where it stands now; null where nothing of it is left */
  readonly place: FilePlace | null;
  /** the id of the rule, or the name of the agent, at that place: what was changed, if that is one of them; else what decides now. Null as the place is */
  readonly at: string | null;
  /** the teams whose agents are touched, and who must approve */
  readonly teams: readonly string[];
  readonly approvers: readonly string[];
  readonly accepted: { readonly by: string; readonly reason: string } | null;
  /** regions that say the same and differ by other conditions: `depending on time and labels (12 parts)`; the sentence says it too */
  readonly partsWords: string;
  readonly parts: readonly ReviewPart[];
}
/** An exact region. */
export interface ReviewPart {
  readonly where: string;
  readonly before: string;
  readonly after: string;
  readonly example: string;
  readonly witness: unknown;
}
export interface ReviewAgent {
  readonly agent: string;
  /** `is new`, `lifecycle pilot → production`, ... */
  readonly words: string;
  readonly change: 'added' | 'removed' | 'renamed' | 'changed';
  readonly place: FilePlace | null;
}

/** Request: the edit that accepts a change with all its parts; null where it is none any longer. */
export const REVIEW_ACCEPT = 'countersign/review/accept';
export interface ReviewAcceptParams {
  readonly folder: string;
  readonly key: string;
  readonly reason: string;
  readonly by: string;
}
/** `message`: why it cannot be written */
export type ReviewAcceptResult =
  | { readonly uri: string; readonly create: boolean; readonly range: FilePlace['range']; readonly newText: string }
  | { readonly message: string }
  | null;
