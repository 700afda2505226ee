// A key that the specification does not have: the whole manifest is refused.
import { nearest } from '../../../text';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { isOld } from '../read-manifest';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const KNOWN: readonly string[] = ['agent_control_specification_version', 'metadata', 'extends', 'policies', 'intervention_points', 'tools', 'annotators', 'approval'];
/** 0.4 has these no longer. */
const OF_OLD: ReadonlySet<string> = new Set(['system_prompt_file', 'system_prompt_url']);

export const unknownKey: FormatRule<AcsSubject> = {
  code: 'format/acs/unknown-key',
  severity: 'error',
  title: 'A key that makes the manifest fail to load',
  documentation: `The specification rejects a manifest with a top-level key that it does not have (0.3.1 and 0.4). Nothing in the file takes effect then.

**Evidence:** the schema of manifests (0.3.1-beta and 0.4.0-alpha) allows no other properties at the root.

**Mend it:** Correct the name, or move what it holds under \`metadata\`.`,
  bad: { path: 'manifest.yaml', text: manifestWith('annotator: {}\n') },
  good: { path: 'manifest.yaml', text: manifestWith('annotators: {}\n') },
  check({ map }, report) {
    const old = isOld(map);
    for (const { key } of map.pairs) {
      if (KNOWN.includes(key.text) || (old && OF_OLD.has(key.text))) continue;
      if (OF_OLD.has(key.text)) {
        report({ span: spanOf(key), message: `\`${key.text}\` left the specification with 0.4, which refuses the whole manifest; remove it, and give the prompt where the agent is made.` });
        continue;
      }
      const near = nearest(key.text, KNOWN);
      report({
        span: spanOf(key),
        message: `The specification has no \`${key.text}\` and refuses the whole manifest${near ? `. Did you mean \`${near}\`?` : '; remove it, or put it under `metadata`.'}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span: spanOf(key), newText: near }] }] } : {}),
      });
    }
  },
};
