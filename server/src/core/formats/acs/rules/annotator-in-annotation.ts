// An annotation that names its annotator once more: the manifest is refused.
import { pairOf, valueOf } from '../../../yaml';
import { entriesOf } from '../../agent';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const annotated = (more: string): string => manifestWith('annotators: { judge: { type: classifier } }\n', `  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: main }, annotations: { judge: { from: $.tool_call.args${more} } } }\n`);

export const annotatorInAnnotation: FormatRule<AcsSubject> = {
  code: 'format/acs/annotator-in-annotation',
  severity: 'error',
  title: 'An annotation that contains `annotator`',
  documentation: `The key of an annotation is the name of its annotator. The specification forbids \`annotator\` within it, so the manifest does not load, and nothing in it takes effect.

**Evidence:** the specification of ACS on annotations (0.3.1-beta and 0.4.0-alpha); an example set of it still has the key.

**Mend it:** name the annotation as the annotator is named, and remove \`annotator\`.`,
  bad: { path: 'manifest.yaml', text: annotated(', annotator: judge') },
  good: { path: 'manifest.yaml', text: annotated('') },
  check({ points }, report) {
    for (const { map } of points) for (const { key, map: annotation } of entriesOf(valueOf(map, 'annotations'))) {
      const pair = pairOf(annotation, 'annotator');
      if (pair) report({ span: spanOf(pair.key), message: `An annotation must not contain \`annotator\`, so the manifest is refused. Name the annotation \`${key.value}\` as its annotator is named, and remove this.` });
    }
  },
};
