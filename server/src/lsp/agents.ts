// The requests of the tree of agents, and the word that their answers may be others now.
import { LineIndex } from '../core/text';
import { agentParts, agentSummaries, nextStage, type AgentParts, type AgentSummary } from '../ide';
import {
  AGENT_NEXT, AGENT_PARTS, AGENTS, AGENTS_CHANGED,
  type AgentNextResult, type AgentPart, type AgentPartsParams, type AgentPartsResult, type AgentRow, type AgentsParams, type AgentsResult,
} from '../protocol';
import { textDigest } from './digest';
import { locationOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { Malformed } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';

export interface AgentTree {
  /** Says that something may have changed. */
  touch(): void;
}

/** milliseconds from a change to the notification: those of a quick typist are one */
const QUIET = 250;

export function createAgentTree({ connection, guard, folders }: FeatureContext, host: Host, outbox: Outbox): AgentTree {
  let watched = false;
  let pending = false;

  connection.onRequest(AGENTS, guard.request(AGENTS, (params: AgentsParams): AgentsResult => {
    watched = true;
    folders.flush();
    const all = folders.all();
    const agents = all.flatMap((folder) => agentSummaries(folder.workspace).map((agent) => rowOf(folder, agent)));
    const reading = all.some((folder) => !folder.ready);
    const digest = textDigest(JSON.stringify([reading, agents]));
    return { digest, reading, agents: digest === params?.known ? null : agents };
  }));
  const find = (params: AgentPartsParams): Folder | null => {
    if (typeof params?.folder !== 'string' || typeof params.agent !== 'string') throw new Malformed('`folder` and `agent` must be texts');
    folders.flush();
    return folders.all().find((one) => one.uri === params.folder) ?? folders.named(params.folder);
  };
  connection.onRequest(AGENT_NEXT, guard.request(AGENT_NEXT, (params: AgentPartsParams): AgentNextResult => {
    const folder = find(params);
    const next = folder && nextStage(folder.workspace, params.agent);
    return next && folder && { stage: next.stage, missing: next.missing.map(({ place, ...missing }) => ({ ...missing, place: locationOf(folder, place)[0] ?? null })) };
  }));
  connection.onRequest(AGENT_PARTS, guard.request(AGENT_PARTS, (params: AgentPartsParams): AgentPartsResult => {
    const folder = find(params);
    const parts = folder && agentParts(folder.workspace, params.agent);
    if (!parts) return null;
    const located = (list: AgentParts['tools']): AgentPart[] => list.map(({ place, ...part }) => ({ ...part, place: (place && locationOf(folder, place)[0]) ?? null }));
    return { tools: located(parts.tools), data: located(parts.data), delegates: located(parts.delegates), channels: located(parts.channels) };
  }));

  return {
    touch() {
      if (!watched || pending) return;
      pending = true;
      host.timer.after(QUIET, () => {
        pending = false;
        outbox.notify(AGENTS_CHANGED, null);
      });
    },
  };
}

function rowOf(folder: Folder, { span, files, ...agent }: AgentSummary): AgentRow {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const file of files) {
    const counts = folder.results.get(file)?.counts;
    if (!counts) continue;
    findings.error += counts.error;
    findings.warning += counts.warning;
    findings.information += counts.information;
    findings.hint += counts.hint;
  }
  // The lines up to the name are enough, and it stands near the top.
  const range = new LineIndex((folder.workspace.text(agent.path) ?? '').slice(0, span.end)).range(span);
  return { ...agent, folder: folder.uri, place: { uri: folder.uriOf(agent.path), range }, findings };
}
