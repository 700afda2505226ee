// Codex: `.codex/config.toml`, and the rules for commands in `.codex/rules/*.rules`.
import type { ForeignFile, Format } from '../format';
import { endsWithPath, folders } from '../paths';
import { STRICTEST, type ForeignPermissions, type ForeignRule, type PermissionPart, type UnitedPermissions } from '../permissions';
import { runRules } from '../rule';
import { serverRules } from '../mcp/rules';
import { readToml } from '../toml';
import { configPermissions, readConfig } from './config';
import { allAllowedTest, patternText, prefixTest, readPrefixRules, type PrefixRules } from './prefix-rules';
import { configRules, ruleRules, rules } from './rules';

export const codex: Format = {
  id: 'codex',
  title: 'Codex configuration and rules',
  rules,
  canBe: (path) => isConfig(path) || isRules(path),
  recognise: (path, text) => isConfig(path) || /\b(?:prefix_rule|host_executable)\s*\(/.test(text()),
  read: (path, text) => (isConfig(path) ? readConfigFile(path, text) : readRulesFile(path, text)),
};

const isConfig = (path: string): boolean => endsWithPath(path, '.codex/config.toml');
const isRules = (path: string): boolean => path.endsWith('.rules') && folders(path).at(-1) === 'rules' && folders(path).at(-2) === '.codex';

/** The folder that a `.codex` folder is for. */
const folderOf = (path: string): string => {
  const way = folders(path);
  return way.slice(0, way.lastIndexOf('.codex')).join('/');
};

function readConfigFile(path: string, text: string): ForeignFile {
  const { root, problems } = readToml(text);
  const config = readConfig(root);
  const permissions = configPermissions(config, folderOf(path));
  return {
    format: 'codex', agents: config.agents, servers: config.servers.map(({ server }) => server), tool: 'codex', permissions: permissions ? [permissions] : [],
    problems: [...problems, ...runRules(configRules, { ...config, text, roots: [root] }), ...runRules(serverRules, { text, dialect: 'other', entries: config.servers, ignoredKey: null, inputs: new Set<string>() })],
  };
}

function readRulesFile(path: string, text: string): ForeignFile {
  const file = readPrefixRules(text);
  return { format: 'codex', agents: [], servers: [], tool: 'codex', problems: runRules(ruleRules, file), permissions: [permissionsOf(file, folderOf(path))] };
}

function permissionsOf(file: PrefixRules, under: string): ForeignPermissions {
  const rules = file.rules.flatMap((rule): ForeignRule[] => (rule.effect === null ? [] : [{
    written: `${rule.decision?.value ?? 'allow'} ${patternText(rule.pattern)}`, span: rule.at, effect: rule.effect, actions: ['call'], resources: ['tool:codex/shell'], agents: null, where: prefixTest(rule), ignored: null,
  }]));
  const first = file.rules[0];
  const together: ForeignRule[] = first ? [{ written: 'allow, command by command', span: first.at, effect: 'allow', actions: ['call'], resources: ['tool:codex/shell'], agents: null, where: allAllowedTest(file.rules), ignored: null }] : [];
  return {
    family: 'codex', governs: { kind: 'tool', formats: ['codex'], under, implicit: 'codex' }, order: STRICTEST, covers: ['tool:codex/*'], rules, unite,
    default: {
      effect: 'require_approval', words: 'what no rule names depends on `approval_policy` and the sandbox', span: null, rank: 0,
      otherwise: first ? [...together, { written: 'inside the sandbox', span: first.at, effect: 'allow', actions: ['call'], resources: ['tool:codex/*'], agents: null, where: { key: SANDBOX, words: 'it stays within the sandbox', args: [], test: () => 'unknown' }, ignored: null }] : [],
    },
    unknown: file.others.length > 0 ? ['the file computes some of its rules, which is not run here'] : [],
  };
}

/** What commands are allowed one by one holds whatever `config.toml` says of the rest. */
function unite(parts: readonly PermissionPart[]): UnitedPermissions {
  const strongest = parts.reduce((best, part) => (part.permissions.default.rank >= best.permissions.default.rank ? part : best), parts[0] as PermissionPart);
  const { effect, words, span, otherwise } = strongest.permissions.default;
  const together = parts.filter((part) => part !== strongest).flatMap(({ path, format, permissions }) => permissions.default.otherwise.filter((rule) => rule.where?.key !== SANDBOX).map((rule) => ({ path, format, rule })));
  return {
    rules: parts.flatMap(({ path, format, permissions }) => permissions.rules.map((rule) => ({ path, format, rule }))),
    otherwise: [...together, ...otherwise.map((rule) => ({ path: strongest.path, format: strongest.format, rule }))],
    default: { effect, words, span, path: strongest.path, format: strongest.format },
    unknown: [...new Set(parts.flatMap((part) => part.permissions.unknown))],
  };
}

const SANDBOX = 'codex sandbox';
