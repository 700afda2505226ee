// Cedar policies of Amazon Bedrock AgentCore gateways: which tools behind a gateway may be called.
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { permissionsOf, permissionsOfHeads } from './permissions';
import { readPolicies } from './read-policies';
import { rules } from './rules';

export const agentcore: Format = {
  id: 'agentcore',
  title: 'AgentCore gateway policies (Cedar)',
  rules,
  canBe: (path) => path.endsWith('.cedar'),
  recognise: (_path, text) => text().includes('AgentCore::'),
  read(_path, text, cedar = null): ForeignFile {
    const { policies: heads, complete } = readPolicies(text);
    const parsed = cedar?.parse(text) ?? null;
    const permissions = cedar && parsed ? permissionsOf(text, parsed.policies, heads, parsed.faults.length === 0, cedar) : permissionsOfHeads(heads, complete);
    const any = parsed ? parsed.policies.length + parsed.faults.length > 0 : heads.length > 0;
    return {
      format: 'agentcore', agents: [], servers: [], problems: runRules(rules, { heads, faults: parsed?.faults ?? [] }), permissions: any ? [permissions] : [],
      ...(cedar ? {} : { awaits: 'cedar' as const }),
    };
  },
};
