// Whose files are: for the status bar, the Explorer and "Show Owner".
import type { FilePlace } from './place';

/** Notification, server to client: answers to `OWNERSHIP` may be others. Sent once it was asked for something, and not more often than eyes can follow. */
export const OWNERSHIP_CHANGED = 'countersign/ownership/changed';

/** Request: whose files are; for each URI an answer in the same place. */
export const OWNERSHIP = 'countersign/ownership';
export interface OwnershipParams {
  readonly uris: readonly string[];
}
export interface OwnershipResult {
  readonly files: readonly (FileOwnership | null)[];
}

/** Null stands for a file that holds nothing that somebody should own. */
export interface FileOwnership {
  /** the owner team; null: nobody */
  readonly owner: string | null;
  /** what says so, in words: `the manifest`, `CODEOWNERS` */
  readonly source: string | null;
  /** where it says so */
  readonly learned: FilePlace | null;
  readonly title: string | null;
  readonly accountable: string | null;
  readonly contact: string | null;
  readonly oncall: string | null;
  readonly outputs: string | null;
  /** `Agent refund-assistant`, `Policy basics` */
  readonly covers: readonly string[];
  /** who must approve a change, in words */
  readonly approvers: readonly string[];
  readonly policies: number;
  readonly gates: { readonly open: number; readonly all: number };
  /** an agent in it belongs to nobody */
  readonly unowned: boolean;
  readonly findings: { readonly error: number; readonly warning: number; readonly information: number };
}
