// The kinds of documents, and how file names speak of them.
import type { SchemaName } from './schema';

export const API_VERSION = 'countersign/v1';
export const KINDS = ['Agent', 'Catalog', 'Policy', 'Standard', 'PolicyTest', 'SnippetLibrary'] as const;
export type Kind = (typeof KINDS)[number];
export const CONFIG_FILE = '.countersign.yaml';

const SCHEMAS: Readonly<Record<Kind, SchemaName>> = { Agent: 'agent', Catalog: 'catalog', Policy: 'policy', Standard: 'standard', PolicyTest: 'policytest', SnippetLibrary: 'snippets' };

export const schemaNameOf = (kind: Kind): SchemaName => SCHEMAS[kind];
export const isKind = (text: string | null): text is Kind => text !== null && (KINDS as readonly string[]).includes(text);

const FILE = /\.(agent|policy|standard|catalog|policytest|snippets)\.(?:yaml|yml|json)$/;

/** The kind that a file name such as `refund.agent.yaml` speaks of, or null. `path` may hold folders. */
export function kindOfFileName(path: string): Kind | null {
  const match = FILE.exec(path);
  return match ? (KINDS.find((kind) => SCHEMAS[kind] === match[1]) ?? null) : null;
}

/** `refund` for `agents/refund.agent.yaml`. */
export const stemOfFileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(FILE, '');
