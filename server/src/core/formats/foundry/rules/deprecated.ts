// An agent in a file that the platform's command line reads no longer.
import { textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { FoundrySubject } from './index';

const AGENT = 'kind: prompt\nname: docs-agent\ndescription: Answers from the documentation.\nmodel: { id: gpt-5-mini }\ninstructions: Answer from the documentation.\n';

export const deprecated: FormatRule<FoundrySubject> = {
  code: 'format/foundry/deprecated-file',
  severity: 'information',
  title: 'An agent in a deprecated file',
  documentation: `\`agent.yaml\` and \`agent.manifest.yaml\` are deprecated since 1.0.0-beta.1 of the extension \`azure.ai.agents\`: an agent is a service of \`azure.yaml\` with \`host: azure.ai.agent\`, in one file with its connections, toolboxes and network.
What is agreed on in the old file may not be what is deployed from the new one.

**Evidence:** the reference of \`azure.yaml\` (2026-09).

**Mend it:** move the agent into \`azure.yaml\`; a service may take the rest from a file beside it by \`$ref\`.`,
  bad: { path: 'agent.yaml', text: AGENT },
  good: { path: 'azure.yaml', text: 'name: shop\nservices:\n  docs-agent: { host: azure.ai.agent, kind: prompt, name: docs-agent, description: Answers from the documentation., model: gpt-5-mini }\n' },
  check({ map, agents, file }, report) {
    const [first] = agents;
    if (!/^agent(?:\.manifest)?\.ya?ml$/i.test(file) || !first) return;
    const kind = valueOf(first.map, 'kind');
    report({ span: kind && textOf(kind) !== null ? spanOf(kind) : (map.pairs[0] ? spanOf(map.pairs[0].key) : first.agent.span), message: `\`${file}\` is deprecated: agents are services of \`azure.yaml\` now (\`host: azure.ai.agent\`). Move \`${first.agent.id}\` there, so that what is reviewed is what is deployed.` });
  },
};
