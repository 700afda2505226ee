// A point of the run that the specification does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { POINTS } from '../read-manifest';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const point = (name: string): string => `  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: main } }\n  ${name}: { policy_target: $.output, policy: { id: main } }\n`;

export const unknownPoint: FormatRule<AcsSubject> = {
  code: 'format/acs/unknown-point',
  severity: 'error',
  title: 'An intervention point that does not exist',
  documentation: `The points are fixed: ${POINTS.map((name) => `\`${name}\``).join(', ')}. A manifest with another is refused, so what was to be controlled there is not.

**Evidence:** the specification fixes the eight names (0.3.1-beta and 0.4.0-alpha).

**Mend it:** correct the name.`,
  bad: { path: 'manifest.yaml', text: manifestWith('', point('outputs')) },
  good: { path: 'manifest.yaml', text: manifestWith('', point('output')) },
  check({ points }, report) {
    for (const { key: { value, span } } of points) {
      if (POINTS.includes(value)) continue;
      const near = nearest(value, POINTS);
      report({
        span,
        message: `There is no intervention point \`${value}\`, so the manifest is refused${near ? `. Did you mean \`${near}\`?` : `. The points are ${POINTS.join(', ')}.`}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span, newText: near }] }] } : {}),
      });
    }
  },
};
