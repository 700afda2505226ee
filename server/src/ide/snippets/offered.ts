// The snippets of a workspace as features need them: where each belongs, and its words. Kept from one keystroke to the next while the workspace stays.
import { expand, fragmentPlaces, offers, sampleOf, valuesAt, type FragmentPlace, type Offer } from '../../core/snippets';
import type { Workspace } from '../../core/workspace';
import { resolve, textOf, valueOf, parseYaml } from '../../core/yaml';

export interface Offered extends Offer {
  /** `document` for whole ones; null for what belongs nowhere */
  readonly home: 'document' | 'keys' | 'entries' | null;
  /** where keys or entries belong first of all */
  readonly place: FragmentPlace | null;
  /** of a whole document, of its first one */
  readonly documentKind: string | null;
  /** the keys in the first column; of entries those of the first one */
  readonly keys: readonly string[];
  /** the body with tabs as blanks, in snippet syntax */
  readonly body: string;
  /** what it inserts when nothing is typed */
  readonly preview: string;
}

const kept = new WeakMap<Workspace, { readonly revision: string; readonly offered: readonly Offered[] }>();

/** All snippets that are offered. In a workspace that is not trusted these are the shipped ones alone. */
export function offered(workspace: Workspace): readonly Offered[] {
  const revision = `${workspace.version('snippet')} ${workspace.version('library')} ${workspace.settings.fingerprint} ${Math.floor(workspace.now / 86_400_000)}`;
  const known = kept.get(workspace);
  if (known?.revision === revision) return known.offered;
  const places = fragmentPlaces();
  const made = offers(workspace.ask()).map((offer): Offered => {
    const values = valuesAt(workspace.now);
    const filled = expand(offer.snippet.parsed.parts, values, { filler: 'x' });
    const sample = filled.cut ? null : sampleOf(filled, places);
    const preview = expand(offer.snippet.parsed.parts, values).text.trimEnd();
    const home = sample?.home?.kind ?? null;
    return { ...offer, home, place: sample?.home?.place ?? null, documentKind: home === 'document' ? textOf(valueOf(resolve(parseYaml(preview).documents[0]?.root), 'kind')) : null, keys: keysOf(preview, home), body: offer.snippet.body.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length)), preview };
  });
  kept.set(workspace, { revision, offered: made });
  return made;
}

function keysOf(preview: string, home: Offered['home']): readonly string[] {
  const root = resolve(parseYaml(preview).documents[0]?.root);
  const map = home === 'entries' && root?.kind === 'seq' ? resolve(root.items[0]) : root;
  return map?.kind === 'map' ? map.pairs.map(({ key }) => key.text) : [];
}

/** Where it comes from, in a few words: `acme-governance 1.4.0 · platform`. */
export const sourceWords = ({ library, path }: Offer): string => (library ? [`${library.name} ${library.version ?? ''}`.trim(), library.owner].filter(Boolean).join(' · ') : path);
