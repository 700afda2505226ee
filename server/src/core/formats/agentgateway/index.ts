// Configuration of agentgateway: MCP servers behind a gateway, and which of their tools may be called.
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { permissionsOf } from './permissions';
import { isGateway, readConfig } from './read-config';
import { rules } from './rules';

export const agentgateway: Format = {
  id: 'agentgateway',
  title: 'agentgateway configuration',
  rules,
  canBe: isYaml,
  recognise: (path, text) => /^(?:binds|mcp)\s*:|agentgateway\.dev\//m.test(text()) && document(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = document(path, text);
    if (!root) return { format: 'agentgateway', problems: [], agents: [], servers: [] };
    const gateway = readConfig(root.map);
    return {
      format: 'agentgateway', agents: [], servers: gateway.servers.map(({ server }) => server), permissions: permissionsOf(gateway),
      problems: [...syntaxProblems([root]), ...runRules(rules, gateway), ...runRules(serverRules, { text, dialect: 'other', entries: gateway.servers, ignoredKey: null, inputs: new Set<string>() })],
    };
  },
};

const document = (path: string, text: string): RootMap | null => rootMaps(path, text).find(({ map }) => isGateway(map)) ?? null;
