// What another version of the specification has: this one refuses it, and the manifest with it.
import type { Span } from '../../../text';
import { resolve, textOf, valueOf, type MapNode } from '../../../yaml';
import { entriesOf } from '../../agent';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { isOld } from '../read-manifest';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const annotated = (from: string): string => manifestWith('annotators: { judge: { type: classifier } }\n', `  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: main }, annotations: { judge: { from: ${from} } } }\n`);

/** Of the policies' fields, those that 0.4 has no longer. */
const REMOVED = 'bundle_url';

export const otherVersion: FormatRule<AcsSubject> = {
  code: 'format/acs/other-version',
  severity: 'error',
  title: 'Something of another version of the specification',
  documentation: `With 0.4 the root \`$policy_target\` became \`$target\`, and \`bundle_url\` left the policies. A manifest that mixes the two versions is refused as a whole, and everything is denied.

**Evidence:** the specification of ACS, 0.3.1-beta and 0.4.0-alpha: allowed roots by field, and the schema of manifests.

**Mend it:** write \`$target\` in a manifest of 0.4, and \`$policy_target\` in one of 0.3; fetch the bundle when you deploy and name it with \`bundle\`.`,
  bad: { path: 'manifest.yaml', text: annotated('$policy_target.text') },
  good: { path: 'manifest.yaml', text: annotated('$target.text') },
  check({ map, points, policies }, report) {
    const old = isOld(map);
    const [wrong, right] = old ? ['$target', '$policy_target'] : ['$policy_target', '$target'];
    for (const { map: point } of points) for (const { map: annotation } of entriesOf(valueOf(point, 'annotations'))) {
      const node = resolve(valueOf(annotation, 'from'));
      const written = textOf(node) ?? '';
      if (!node || !(written === wrong || written.startsWith(`${wrong}.`) || written.startsWith(`${wrong}[`))) continue;
      report({ span: spanOf(node), message: `${old ? '0.3' : '0.4'} has no root \`${wrong}\`: here it is \`${right}\`. The manifest is refused.`, fixes: [{ title: `Write \`${right}\``, safe: false, edits: [{ span: spanOf(node), newText: `${quoteOf(node)}${right}${written.slice(wrong.length)}${quoteOf(node)}` }] }] });
    }
    if (!old) for (const { map: policy } of policies) for (const span of placesOf(policy)) report({ span, message: `\`${REMOVED}\` left the specification with 0.4, so the manifest is refused. Fetch the bundle when you deploy, and name it with \`bundle\`.` });
  },
};

const quoteOf = (node: { readonly kind: string; readonly style?: unknown }): string => (node.kind === 'scalar' && node.style === 'double' ? '"' : node.kind === 'scalar' && node.style === 'single' ? "'" : '');

const placesOf = (policy: MapNode): readonly Span[] => policy.pairs.filter(({ key }) => key.text === REMOVED).map(({ key }) => spanOf(key));
