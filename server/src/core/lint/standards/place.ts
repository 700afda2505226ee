// Where a requirement's finding goes: the key that it names, or the nearest ancestor that exists.
import type { Span } from '../../text';
import { fromPointer, nodeAt, resolve, toPointer } from '../../yaml';
import type { DocumentFacts } from '../../workspace';
import type { Subject } from './subject';

/** `at`: a JSON Pointer into the manifest. */
export function placeOf(subject: Subject, at: string | null): Span {
  if (subject.document) return inManifest(subject.document, at);
  const field = at === null ? undefined : subject.foreign?.fields.get(FIELDS[fromPointer(at)[1] ?? ''] ?? '');
  return field?.key ?? subject.agent.span;
}

/** What formats call the parts of a manifest that they have. */
const FIELDS: Readonly<Record<string, string>> = { purpose: 'description', tools: 'tools', model: 'model', delegates: 'agents' };

function inManifest(document: DocumentFacts, at: string | null): Span {
  if (at === null) return document.at;
  for (let path = fromPointer(at); path.length > 0; path = path.slice(0, -1)) {
    const pointer = toPointer(path);
    const key = document.places.key(pointer);
    if (key) return key;
    // an entry of a list has no key: what names it stands for it
    const entry = resolve(nodeAt(document.root, path));
    if (!entry) continue;
    const first = entry.kind === 'map' ? entry.pairs[0]?.key : null;
    return ['id', 'name'].map((name) => document.places.value(`${pointer}/${name}`)).find((span) => span !== null) ?? { start: (first ?? entry).start, end: (first ?? entry).end };
  }
  return document.places.key('/kind') ?? document.at;
}
