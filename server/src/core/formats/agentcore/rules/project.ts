// The findings of AgentCore projects: gateways that let everybody in, and policies that only take notes.
import { textOf, valueOf, type MapNode } from '../../../yaml';
import { at } from '../../agent';
import { textField } from '../../fields';
import type { FormatRule } from '../../rule';

export interface ProjectSubject {
  readonly gateways: readonly MapNode[];
}

const project = (authorizer: string, mode: string): { readonly path: string; readonly text: string } => ({
  path: 'agentcore/agentcore.json',
  text: `{ "name": "refunds", "version": 1, "runtimes": [],
  "agentCoreGateways": [ { "name": "refunds-gateway", "authorizerType": "${authorizer}", "policyEngineConfiguration": { "policyEngineName": "refunds-policies", "mode": "${mode}" } } ] }
`,
});

const good = project('CUSTOM_JWT', 'ENFORCE');
const nameOf = (gateway: MapNode): string => textOf(valueOf(gateway, 'name')) ?? 'the gateway';

const openGateway: FormatRule<ProjectSubject> = {
  code: 'format/agentcore/open-gateway',
  severity: 'warning',
  title: 'A gateway that lets everybody in',
  documentation: `\`authorizerType: NONE\` makes a gateway answer everybody who knows its address: whoever calls it calls its tools, with the gateway's own role. Policies that ask who calls have nothing to ask of.

**Evidence:** the documentation of AgentCore Gateway describes \`NONE\` as a gateway without authorization of inbound calls.

**Mend it:** use \`CUSTOM_JWT\` with an identity provider, or \`AWS_IAM\`.`,
  bad: project('NONE', 'ENFORCE'),
  good,
  check({ gateways }, report) {
    for (const gateway of gateways) {
      const type = textField(gateway, 'authorizerType');
      if (type?.value === 'NONE') report({ span: type.span, message: `Everybody who knows the address of \`${nameOf(gateway)}\` can call its tools: it asks nobody who they are. Use \`CUSTOM_JWT\` or \`AWS_IAM\`.` });
    }
  },
};

const logOnly: FormatRule<ProjectSubject> = {
  code: 'format/agentcore/log-only',
  severity: 'warning',
  title: 'Policies that only take notes',
  documentation: `With \`mode: LOG_ONLY\` the gateway decides by its policies, writes the decision down, and lets every call through: what a policy forbids happens.

**Evidence:** the documentation of AgentCore Policy: \`LOG_ONLY\` evaluates and logs, \`ENFORCE\` also denies.

**Mend it:** use \`ENFORCE\` once the log shows what you expect.`,
  bad: project('CUSTOM_JWT', 'LOG_ONLY'),
  good,
  check({ gateways }, report) {
    for (const gateway of gateways) {
      const mode = textField(at(gateway, 'policyEngineConfiguration'), 'mode');
      if (mode?.value === 'LOG_ONLY') report({ span: mode.span, message: `The policies of \`${nameOf(gateway)}\` block nothing: what they decide is written down, and every call goes through. Use \`ENFORCE\` once the log shows what you expect.` });
    }
  },
};

export const projectRules: readonly FormatRule<ProjectSubject>[] = [openGateway, logOnly];
