// The matrix's requests, and the word that its answers may be others now.
import type { PlainValue } from '../core/yaml';
import type { MatrixOptions } from '../core/policy';
import { ENGINE } from '../core/policy';
import { incompleteParts, incompleteWords, matrixCells, matrixExport, matrixFrame, matrixPlaces, matrixWhy, type FrameOf } from '../ide';
import {
  MATRIX, MATRIX_CELLS, MATRIX_CHANGED, MATRIX_EXPORT, MATRIX_PLACE, MATRIX_WHY,
  type FilePlace, type MatrixCellsParams, type MatrixCellsResult, type MatrixExportParams, type MatrixExportResult, type MatrixFrame, type MatrixParams, type MatrixPlaceParams,
  type MatrixQuestion, type MatrixResult, type MatrixWhyParams, type MatrixWhyResult,
} from '../protocol';
import { textDigest } from './digest';
import { locationOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { Malformed } from './guard';
import { createFrameNotice } from './frame-notice';
import type { Host } from './host';
import type { Outbox } from './outbox';

export interface Matrix {
  /** Says that something may have changed. */
  touch(): void;
}

/** cells of one answer: what a very large screen shows */
const MAX_CELLS = 200_000;
const MAX_ARGUMENTS = 100_000;

export function createMatrix({ connection, guard, folders }: FeatureContext, host: Host, outbox: Outbox): Matrix {
  let watched = false;
  // a frame stays the same object until it is another
  const digests = new WeakMap<FrameOf, string>();
  const digestOf = (frame: FrameOf): string => {
    let digest = digests.get(frame);
    if (digest === undefined) digests.set(frame, (digest = textDigest(JSON.stringify([frame.rows, frame.heads]))));
    return digest;
  };
  const on = <P, R>(method: string, run: (params: P) => R): void => {
    connection.onRequest(method, guard.request<P, unknown, []>(method, (params: P) => {
      watched = true;
      folders.flush();
      return run(params);
    }));
  };
  const find = (uri: unknown): Folder | null => folders.all().find((folder) => folder.uri === uri) ?? (typeof uri === 'string' ? folders.named(uri) : null);
  /** The folder that the question counts in; null where its frame is another by now. */
  const asked = (params: MatrixQuestion | null | undefined): { readonly folder: Folder; readonly options: MatrixOptions } | null => {
    const folder = find(params?.folder);
    if (!folder || !params || digestOf(matrixFrame(folder.workspace)) !== params.frame) return null;
    const { environment } = params;
    return { folder, options: { environment: typeof environment === 'string' && environment !== '' ? environment : null, at: host.now(), args: argumentsOf(params.args) } };
  };

  on(MATRIX, (params: MatrixParams): MatrixResult => {
    const all = folders.all();
    const counted = all.map((folder) => ({ folder, agents: matrixFrame(folder.workspace).agents.length }));
    const withAgents = counted.filter(({ agents }) => agents > 0);
    const shown = withAgents.find(({ folder }) => folder.uri === params?.folder)?.folder ?? withAgents[0]?.folder ?? all[0] ?? null;
    const reading = all.some((folder) => !folder.ready);
    const list = withAgents.map(({ folder, agents }) => ({ uri: folder.uri, agents }));
    const frame = shown && matrixFrame(shown.workspace);
    const around: Omit<MatrixFrame, 'agents' | 'columns'> = {
      id: frame ? digestOf(frame) : '', reading, folders: list, folder: shown?.uri ?? null,
      ...(shown ? { ...matrixPlaces(shown.workspace), policies: shown.workspace.shared(ENGINE).world.sets.length, incomplete: incompleteWords(incompleteParts(shown.workspace)) } : { environments: [], proposed: '', policies: 0, incomplete: [] }),
    };
    const digest = textDigest(JSON.stringify(around));
    return { digest, frame: digest === params?.known ? null : { ...around, agents: frame?.rows ?? [], columns: frame?.heads ?? [] } };
  });
  on(MATRIX_CELLS, (params: MatrixCellsParams): MatrixCellsResult => {
    const found = asked(params);
    const [agents, columns] = [placesOf(params?.agents), placesOf(params?.columns)];
    if (agents.length * columns.length > MAX_CELLS) throw new Malformed('too many cells');
    return found && matrixCells(found.folder.workspace, agents, columns, found.options);
  });
  on(MATRIX_WHY, (params: MatrixWhyParams): MatrixWhyResult => {
    const found = asked(params);
    return found && matrixWhy(found.folder.workspace, Number(params.agent), Number(params.column), found.options);
  });
  on(MATRIX_EXPORT, (params: MatrixExportParams): MatrixExportResult => {
    if (params?.as !== 'csv' && params?.as !== 'svg') throw new Malformed('`as` must be `csv` or `svg`');
    const found = asked(params);
    return found && matrixExport(found.folder.workspace, params.as, placesOf(params.agents), placesOf(params.columns), found.options);
  });
  on(MATRIX_PLACE, (params: MatrixPlaceParams): FilePlace | null => {
    const folder = find(params?.folder);
    const agent = folder && matrixFrame(folder.workspace).agents.find((one) => one.id === params.agent);
    return (agent && folder && locationOf(folder, { path: agent.path, span: agent.span })[0]) ?? null;
  });

  return {
    touch: createFrameNotice(host, outbox, MATRIX_CHANGED, () => watched),
  };
}

/** What the client sends is not trusted to be of its type. */
function placesOf(value: unknown): readonly number[] {
  if (!Array.isArray(value) || !value.every((place) => Number.isInteger(place) && Number(place) >= 0)) throw new Malformed('`agents` and `columns` must be lists of places');
  return value as readonly number[];
}

function argumentsOf(value: unknown): MatrixOptions['args'] {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object' || Array.isArray(value) || JSON.stringify(value).length > MAX_ARGUMENTS) throw new Malformed('`args` must be a map');
  return value as { readonly [name: string]: PlainValue };
}
