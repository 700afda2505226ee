// Nothing stands before the agent's tool calls.
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

export const noToolControl: FormatRule<AcsSubject> = {
  code: 'format/acs/no-tool-control',
  severity: 'warning',
  title: 'No control before tool calls',
  documentation: `The manifest controls what comes in or goes out as text, but has no \`pre_tool_call\`: whatever the agent does through its tools is not decided by anybody. In public manifests this is the common gap:
of 90 read, 72 guard the input and 35 the tool calls.

**Evidence:** of 90 intervention points in public manifests, 72 guard the input and 35 the tool calls.

**Mend it:** Add \`pre_tool_call\` with a policy that looks at the tool's name and arguments. With \`extends\` the finding does not appear, since the other manifest may have it; nor does it in a manifest that another of the workspace extends.`,
  bad: { path: 'manifest.yaml', text: manifestWith('', '  input: { policy_target: $.input, policy: { id: main } }\n') },
  good: { path: 'manifest.yaml', text: manifestWith('') },
  check({ map, points, extended, agent }, report) {
    const pair = pairOf(map, 'intervention_points');
    if (extended || !pair || points.length === 0 || points.some(({ key }) => key.value === 'pre_tool_call')) return;
    report({ span: spanOf(pair.key), message: `No policy decides about the tool calls of \`${agent.id}\`: there is no \`pre_tool_call\` beside ${points.slice(0, 4).map(({ key }) => `\`${key.value}\``).join(', ')}. Add it, or say in a Policy what the agent may call.` });
  },
};
