// Parts of the manifest come from an address, whatever stands there today.
import { resolve, textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const extending = (entry: string): string => manifestWith(`extends: [ ${entry} ]\n`);

export const unpinnedExtends: FormatRule<AcsSubject> = {
  code: 'format/acs/unpinned-extends',
  severity: 'warning',
  title: 'A base manifest that can change on its own',
  documentation: `An \`https\` address in \`extends\` without \`sha256\` or \`integrity\` loads whatever stands there when the agent starts. Whoever can change that file changes what this agent may do, and no review shows it.

**Evidence:** \`extends\` takes \`{ url, sha256 }\` and \`{ url, integrity }\` beside a bare address, in both versions.

**Mend it:** Write \`{ url, sha256 }\`, or keep the file in the repository.`,
  bad: { path: 'manifest.yaml', text: extending('"https://policies.example.com/base.yaml"') },
  good: { path: 'manifest.yaml', text: extending('{ url: "https://policies.example.com/base.yaml", sha256: 4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce }') },
  check({ map }, report) {
    const list = resolve(valueOf(map, 'extends'));
    for (const item of list?.kind === 'seq' ? list.items : []) {
      const entry = resolve(item);
      const node = entry?.kind === 'map' ? valueOf(entry, 'url') : entry;
      if (!node || !/^https:\/\//i.test(textOf(node) ?? '')) continue;
      if (entry?.kind === 'map' && (valueOf(entry, 'sha256') || valueOf(entry, 'integrity'))) continue;
      report({ span: spanOf(node), message: `\`${textOf(node) ?? ''}\` is loaded as it stands when the agent starts: whoever can change it changes what this agent may do. Pin it with \`sha256\`.` });
    }
  },
};
