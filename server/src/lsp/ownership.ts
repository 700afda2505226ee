// The request of the status bar and the Explorer: whose a file is, and the word that this may be another now. Hints and lenses, which
// speak of what other files say, are asked for anew with it.
import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver';
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

/** milliseconds from a change to the notification: those of a quick typist are one */
const QUIET = 600;
const MAX_FILES = 2_000;

export function createOwnership({ connection, client, guard, folders }: FeatureContext, host: Host, outbox: Outbox): OwnershipRequests {
  let watched = false;
  let pending = false;
  let drawn = '';

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
      if (pending || !(watched || client.refreshesHints || client.refreshesLenses)) return;
      pending = true;
      host.timer.after(QUIET, () => {
        pending = false;
        if (watched) outbox.notify(OWNERSHIP_CHANGED, null);
        // what only the checks have found since does not show in them
        const now = folders.all().map((folder) => `${folder.uri} ${folder.workspace.revision}`).join('\n');
        if (now === drawn || guard.phase !== 'initialized') return;
        drawn = now;
        if (client.refreshesHints) void outbox.ask(InlayHintRefreshRequest.method);
        if (client.refreshesLenses) void outbox.ask(CodeLensRefreshRequest.method);
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
