// The simulator's requests, and the word that its answers may be others now.
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Span } from '../core/text';
import { agentsOf, choicesOf, copyOf, hasAgent, likelyAgent, requestOf, saveTest, simulate, testFiles } from '../ide';
import {
  SIMULATOR_CHANGED, SIMULATOR_CHOICES, SIMULATOR_COPY, SIMULATOR_DECIDE, SIMULATOR_SAVE, SIMULATOR_TESTS,
  type SimulatorAgent, type SimulatorBase, type SimulatorChoices, type SimulatorChoicesParams, type SimulatorChoicesResult, type SimulatorCopyParams, type SimulatorCopyResult, type SimulatorDecideParams,
  type SimulatorDecideResult, type FilePlace, type SimulatorSaveParams, type SimulatorSaveResult, type SimulatorTestsResult,
} from '../protocol';
import { locationOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { textDigest } from './digest';
import { Malformed } from './guard';
import { createFrameNotice } from './frame-notice';
import type { Host } from './host';
import type { Outbox } from './outbox';
import type { Base } from './review-base';

export interface Simulator {
  /** Says that something may have changed. */
  touch(): void;
}

/** `baseOf`: what a folder is compared with. */
export function createSimulator(context: FeatureContext, host: Host, outbox: Outbox, baseOf: (folder: Folder) => Base | null = () => null): Simulator {
  const { connection, guard, folders } = context;
  let watched = false;

  const folderOf = (uri: unknown): Folder | null => {
    folders.flush();
    // the documents that lie in no folder have none to name
    return folders.all().find((folder) => folder.uri === uri) ?? (typeof uri === 'string' ? folders.named(uri) : null) ?? mainFolder(folders.all());
  };
  const locate = (folder: Folder) => (place: { path: string; span: Span }): FilePlace | null => locationOf(folder, place)[0] ?? null;
  /** The folder and the request of the parameters; null where that is none. */
  const asked = (params: SimulatorDecideParams) => {
    const folder = folderOf(params?.folder);
    const request = folder && requestOf(params.request);
    return folder && request ? { folder, request } : null;
  };
  const on = <P, R>(method: string, run: (params: P) => R): void => {
    connection.onRequest(method, guard.request<P, unknown, []>(method, run));
  };

  /** The decision of what the folder is compared with; its texts are open nowhere, so nothing in it is a link. */
  const decideBase = (folder: Folder, { request, compare }: SimulatorDecideParams): SimulatorBase | null => {
    const base = baseOf(folder);
    if (!base) return null;
    if (compare !== true) return { label: base.label, decision: null };
    const result = simulate(base.workspace, request, { now: host.now(), locate: () => null });
    return 'decision' in result ? { label: base.label, decision: result.decision } : { label: base.label, decision: null, message: result.error.message };
  };

  on(SIMULATOR_CHOICES, (params: SimulatorChoicesParams): SimulatorChoicesResult => {
    watched = true;
    folders.flush();
    const choices = allChoices(folders.all(), textsOnly(params), (uri) => folders.locate(uri));
    const digest = textDigest(JSON.stringify(choices));
    return { digest, choices: digest === params?.known ? null : choices };
  });
  on(SIMULATOR_DECIDE, (params: SimulatorDecideParams): SimulatorDecideResult => {
    watched = true;
    const folder = folderOf(params?.folder);
    if (!folder) throw new ResponseError(ErrorCodes.InvalidRequest, 'No folder is open.');
    const result = simulate(folder.workspace, params?.request, { now: host.now(), locate: locate(folder) });
    return 'decision' in result ? { ...result, base: decideBase(folder, params) } : result;
  });
  on(SIMULATOR_COPY, (params: SimulatorCopyParams): SimulatorCopyResult => {
    const found = asked(params);
    return found && copyOf(found.request, params.as);
  });
  on(SIMULATOR_TESTS, (params: SimulatorDecideParams): SimulatorTestsResult | null => {
    const found = asked(params);
    if (!found) return null;
    const { paths, newPath, name } = testFiles(found.folder.workspace, found.request);
    return { files: paths.map((path) => ({ uri: found.folder.uriOf(path), path })), newPath, name };
  });
  on(SIMULATOR_SAVE, (params: SimulatorSaveParams): SimulatorSaveResult => {
    if (typeof params?.file !== 'string' || typeof params.name !== 'string') throw new Malformed('`file` and `name` must be texts');
    const found = asked(params);
    const at = folders.locate(params.file);
    if (!found || at?.folder !== found.folder) return null;
    const saved = saveTest(found.folder.workspace, found.request, at.path, params.name, host.now());
    const range = saved && (at.folder.lines(at.path)?.range(saved.edit.span) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    return saved && range && { create: saved.create, range, newText: saved.edit.newText };
  });

  return {
    touch: createFrameNotice(host, outbox, SIMULATOR_CHANGED, () => watched),
  };
}

/** Documents that lie in no folder are the last of all. */
const mainFolder = (all: readonly Folder[]): Folder | null => all[0] ?? null;

/** What the client sends is not trusted to be of its type. */
function textsOnly(params: SimulatorChoicesParams | null | undefined): SimulatorChoicesParams {
  return Object.fromEntries(Object.entries(params ?? {}).filter(([, value]) => typeof value === 'string' && value.length < 4000));
}

function allChoices(all: readonly Folder[], params: SimulatorChoicesParams, find: (uri: string) => { folder: Folder; path: string } | null): SimulatorChoices {
  const open = params.file === undefined ? null : find(params.file);
  const ordered = open ? [open.folder, ...all.filter((folder) => folder !== open.folder)] : all;
  const agents = ordered.flatMap((folder) => agentsOf(folder.workspace, open?.folder === folder ? open.path : null).map((agent) => ({ ...agent, folder: folder.uri })));
  const own = open && hasAgent(open.folder.workspace, open.path) ? agents[0] : undefined;
  const first = own ?? likelyIn(ordered, agents);
  const agent = params.agent ?? first?.id;
  const uri = params.agent === undefined ? first?.folder : params.folder;
  const folder = all.find((each) => each.uri === uri && agents.some((other) => other.folder === uri)) ?? all.find((each) => each.uri === agents.find((other) => other.id === agent)?.folder) ?? open?.folder ?? mainFolder(all);
  const most = agents.slice(0, MAX_AGENTS);
  const reading = all.some((each) => !each.ready);
  const nothing = { actions: [], resources: [], environments: [], people: [], roles: [], channels: [], fields: null, description: null, policies: 0 };
  const choices = folder ? choicesOf(folder.workspace, { ...params, agent }) : { ...nothing, chosen: { agent: agent ?? null, action: 'call', resource: null, environment: '' } };
  return { reading, agents: most, moreAgents: agents.length - most.length, fileAgent: own ? { id: own.id, folder: own.folder } : null, ...choices, chosen: { ...choices.chosen, folder: folder?.uri ?? null } };
}

/** Of the first folder that has agents: whoever is likely to be asked about. */
function likelyIn(folders: readonly Folder[], agents: readonly SimulatorAgent[]): SimulatorAgent | undefined {
  const folder = folders.find((each) => agents.some((agent) => agent.folder === each.uri));
  const likely = folder && likelyAgent(folder.workspace);
  return agents.find((agent) => agent.folder === folder?.uri && agent.id === likely) ?? agents[0];
}

const MAX_AGENTS = 5000;
