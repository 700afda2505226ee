// Libraries whose content is no longer what the lock records for their version.
import { LOCK_FILE, contentHash, librariesOf, libraryEntriesOf, readLock } from '../../../snippets';
import { CONFIG_FILE } from '../../../documents';
import type { Rule } from '../../rule';
import { hashDoc } from './docs';

export const hashChanged: Rule = {
  codes: [hashDoc],
  check({ facts, queries, report }) {
    const document = facts.role === 'config' ? facts.documents[0] : undefined;
    if (!document || libraryEntriesOf(queries).length === 0) return;
    const text = queries.text(LOCK_FILE);
    const locked = text === null ? null : readLock(text);
    if (!locked) return;
    for (const library of librariesOf(queries)) {
      const known = locked.find(({ name }) => name === library.name);
      if (!known || !library.entry || known.version !== library.version || known.hash === contentHash(library)) continue;
      const { config, index, kind } = library.entry;
      const version = queries.facts(library.path ?? '')?.documents.find(({ name }) => name === library.name)?.places.value('/spec/version');
      report({
        code: hashDoc.code,
        span: (config === CONFIG_FILE ? document.places.value(`/libraries/${index}/${kind}`) : document.places.key('/extends')) ?? document.at,
        message: `The library \`${library.name}\` has another content than \`${LOCK_FILE}\` records, and still the version ${library.version ?? 'unknown'}. Look at what changed (\`countersign snippets update --dry-run\`); its owner raises the version, and \`countersign snippets update\` records it.`,
        related: version && library.path ? [{ path: library.path, span: version, message: 'The version that was not raised.' }] : [],
      });
    }
  },
};
