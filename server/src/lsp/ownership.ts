// The request of the status bar and the Explorer: whose a file is, and the word that this may be another now.
import { fileOwners, sourceWords, type FileOwners } from '../ide';
import { OWNERSHIP, OWNERSHIP_CHANGED, type FileOwnership, type FilePlace, type OwnershipParams, type OwnershipResult } from '../protocol';
import { locationOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { Malformed } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';

export interface OwnershipRequests {
  /** Says that something may have changed. */
  touch(): void;
}

/** milliseconds from a change to the notification */
const QUIET = 400;
const MAX_FILES = 2_000;

export function createOwnership({ connection, guard, folders }: FeatureContext, host: Host, outbox: Outbox): OwnershipRequests {
  let watched = false;
  let pending = false;

  connection.onRequest(OWNERSHIP, guard.request(OWNERSHIP, (params: OwnershipParams): OwnershipResult => {
    if (!Array.isArray(params?.uris) || params.uris.some((uri) => typeof uri !== 'string')) throw new Malformed('`uris` must be a list of texts');
    watched = true;
    folders.flush();
    return { files: params.uris.slice(0, MAX_FILES).map((uri) => {
      const at = folders.locate(uri);
      const owners = at ? fileOwners(at.folder.workspace, at.path) : null;
      return at && owners ? answer(at.folder, at.path, owners) : null;
    }) };
  }));

  return {
    touch() {
      if (!watched || pending) return;
      pending = true;
      host.timer.after(QUIET, () => {
        pending = false;
        outbox.notify(OWNERSHIP_CHANGED, null);
      });
    },
  };
}

function answer(folder: Folder, path: string, { ownership, subjects, approvers, policies, gates, unowned }: FileOwners): FileOwnership {
  const { team, source, learned, title, accountable, contact, oncall, outputs } = ownership;
  const counts = folder.results.get(path)?.counts;
  const place: FilePlace | null = (learned && locationOf(folder, learned)[0]) ?? null;
  return {
    owner: team, source: source && sourceWords(source), learned: place, title, accountable, contact, oncall, outputs,
    covers: subjects.slice(0, 20).map(({ kind, name }) => (name === null ? kind : `${kind} ${name}`)),
    approvers: [...new Set(approvers.filter((one) => !one.optional).map(({ from, count }) => `${count > 1 ? `${count} of ` : ''}${from.join(' or ')}`))].slice(0, 20),
    policies, gates, unowned,
    findings: { error: counts?.error ?? 0, warning: counts?.warning ?? 0, information: counts?.information ?? 0 },
  };
}
