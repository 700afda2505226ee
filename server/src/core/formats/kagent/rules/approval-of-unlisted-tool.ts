// A confirmation is asked for a tool that the agent does not take.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { KagentSubject } from './index';

const example = (approval: string): string => `apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata: { name: cluster-helper, namespace: ops }
spec:
  description: Looks after the cluster.
  declarative:
    modelConfig: default
    tools:
      - type: McpServer
        mcpServer: { kind: RemoteMCPServer, name: cluster, toolNames: [get_pods, delete_pod], requireApproval: [${approval}] }
`;

export const approvalOfUnlistedTool: FormatRule<KagentSubject> = {
  code: 'format/kagent/approval-of-unlisted-tool',
  severity: 'error',
  title: 'A confirmation for a tool that is not taken',
  documentation: `\`requireApproval\` must be a part of \`toolNames\`: the resource's own rule says so, and the cluster refuses the resource (kagent API, \`v1alpha2\` and later).
Mostly the name is misspelt, and the tool that was meant would run without asking.

**Evidence:** the resource definition of kagent (\`v1alpha2\` and later) carries a validation rule that says so.

**Mend it:** Name the tool as \`toolNames\` has it.`,
  bad: { path: 'agents/cluster.yaml', text: example('delete_pods') },
  good: { path: 'agents/cluster.yaml', text: example('delete_pod') },
  check({ agents }, report) {
    for (const { servers } of agents) for (const { name, tools, approval } of servers) {
      if (tools === null) continue;
      const names = tools.map((tool) => tool.value);
      for (const { value, span } of approval) {
        if (names.includes(value)) continue;
        const near = nearest(value, names);
        report({
          span,
          message: `\`${value}\` is not among the \`toolNames\` that this agent takes from \`${name.value}\`, so the cluster refuses the resource${near ? `. Did you mean \`${near}\`?` : '; add it there, or remove it here.'}`,
          ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span, newText: near }] }] } : {}),
        });
      }
    }
  },
};
