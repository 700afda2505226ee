// What the completions of one place share: the cursor, the document that it is in, and the workspace around.
import { API_VERSION, CONFIG_FILE, isKind, kindOfFileName, schemaNameOf, type Kind, type NameKind, type SchemaName } from '../../core/documents';
import { resolve, textOf, valueOf } from '../../core/yaml';
import type { Workspace } from '../../core/workspace';
import { MARK } from '../cursor/find';
import type { Cursor } from '../cursor/cursor';
import type { BodyContext } from './body';

export interface Place {
  readonly workspace: Workspace;
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  readonly cursor: Cursor;
  /** whose schema applies; null where the document's kind is not known yet */
  readonly schema: SchemaName | null;
  /** the kind that the file's name speaks of */
  readonly expected: Kind | null;
}

/** The place that the cursor is at, or null where the document is somebody else's. */
export function placeOf(workspace: Workspace, path: string, text: string, offset: number, cursor: Cursor): Place | null {
  const common = { workspace, path, text, offset, cursor, expected: kindOfFileName(path) };
  if (path === CONFIG_FILE) return { ...common, schema: 'config' };
  const root = resolve(cursor.root);
  const version = textOf(valueOf(root, 'apiVersion'));
  if (version !== API_VERSION && !version?.includes(MARK) && (version !== null || !common.expected)) return null;
  const written = textOf(valueOf(root, 'kind'))?.replace(MARK, '') ?? null;
  const kind = isKind(written) ? written : common.expected;
  return { ...common, schema: kind && schemaNameOf(kind) };
}

/** The text of a key beside the value, in the map that holds it. */
export const besideIn = (place: Place) => (key: string): string | null => textOf(valueOf(place.cursor.map, key));

const DAY = 86_400_000;
export const dayAfter = (now: number, days: number): string => new Date(Math.max(0, now) + days * DAY).toISOString().slice(0, 10);

/** How many declared names a tab stop offers. */
const SOME = 30;

export function bodyContext({ workspace, cursor }: Place, style = cursor.style): BodyContext {
  return {
    style, eol: cursor.eol, today: dayAfter(workspace.now, 0), expiry: dayAfter(workspace.now, 90),
    names(kind: NameKind) {
      const names: string[] = [];
      for (const name of workspace.names(kind === 'party' ? 'team' : kind).keys()) {
        if (!name.includes('*')) names.push(name);
        if (names.length >= SOME) break;
      }
      return names.sort();
    },
  };
}
