// Configuration of agentgateway: MCP servers behind a gateway, and which of their tools may be called.
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { secretProblems } from '../secret-rule';
import { permissionsOf } from './permissions';
import { isGateway, readConfig } from './read-config';
import { rules } from './rules';
import { secretInClear } from './rules/secret-in-clear';

export const agentgateway: Format = {
  id: 'agentgateway',
  title: 'agentgateway configuration',
  rules: [...rules, secretInClear],
  canBe: isYaml,
  recognise: (path, text) => /^(?:binds|mcp)\s*:|agentgateway\.(?:dev|solo\.io)\//m.test(text()) && documents(path, text()).length > 0,
  read(path, text): ForeignFile {
    const roots = documents(path, text);
    if (roots.length === 0) return { format: 'agentgateway', problems: [], agents: [], servers: [] };
    const gateway = readConfig(roots.map(({ map }) => map));
    const problems = [...syntaxProblems(roots), ...runRules(rules, gateway), ...runRules(serverRules, { text, dialect: 'other', entries: gateway.servers, ignoredKey: null, inputs: new Set<string>() })];
    return {
      format: 'agentgateway', agents: [], servers: gateway.servers.map(({ server }) => server), permissions: permissionsOf(gateway),
      problems: [...problems, ...secretProblems(secretInClear, { text, roots: roots.map(({ map }) => map) }, problems)],
    };
  },
};

const documents = (path: string, text: string): readonly RootMap[] => rootMaps(path, text).filter(({ map }) => isGateway(map));
