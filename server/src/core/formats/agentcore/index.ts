// Amazon Bedrock AgentCore: Cedar policies of gateways (which tools behind one may be called), and the project that names agents and gateways.
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { permissionsOf, permissionsOfHeads } from './permissions';
import { readPolicies } from './read-policies';
import { isProject, readProject, recogniseProject } from './project';
import { rules } from './rules';
import { projectRules } from './rules/project';
import { secretInClear } from './rules/secret-in-clear';
import { schemaRules } from './rules/schema';
import { againstSchema, schemasBeside } from './schema';

export const agentcore: Format = {
  id: 'agentcore',
  title: 'AgentCore projects and gateway policies (Cedar)',
  rules: [...rules, ...schemaRules, ...projectRules, secretInClear],
  canBe: (path) => path.endsWith('.cedar') || isProject(path),
  recognise: (path, text) => (isProject(path) ? recogniseProject(text()) : text().includes('AgentCore::')),
  read(path, text, cedar = null): ForeignFile {
    if (isProject(path)) return readProject(text, cedar);
    const { policies: heads, complete } = readPolicies(text);
    const parsed = cedar?.parse(text) ?? null;
    const permissions = cedar && parsed ? permissionsOf(text, parsed.policies, heads, parsed.faults.length === 0, cedar) : permissionsOfHeads(heads, complete);
    const any = parsed ? parsed.policies.length + parsed.faults.length > 0 : heads.length > 0;
    return {
      format: 'agentcore', agents: [], servers: [], problems: runRules(rules, { heads, faults: parsed?.faults ?? [] }), permissions: any ? [permissions] : [],
      uses: schemasBeside(path),
      ...(cedar && parsed ? { joined: (others) => ({ agents: [], permissions: any ? [permissions] : [], problems: againstSchema(path, text, parsed.policies, cedar, others) }) } : { awaits: 'cedar' as const }),
    };
  },
};
