// Rules of Gemini's policy files and settings as one ordered list: the highest tier and priority that matches decides, and what none names asks.
import type { Span } from '../../text';
import { folders } from '../paths';
import type { ForeignPermissions, ForeignRule, PermissionEffect, PermissionPart, PlacedRule, UnitedPermissions } from '../permissions';
import { argumentTest } from './argument-test';
import type { GeminiRule } from './read-rules';

/** `rank`: tier and priority as the tool adds them up, from 1.0 to 5.999. */
export interface RankedRule {
  readonly rank: number;
  readonly rule: ForeignRule;
}

interface GeminiPermissions extends ForeignPermissions {
  readonly ranked: readonly RankedRule[];
}

export const SERVER = 'gemini';

/** The tool's own policies, below all others, let tools run that only read. */
const OWN: readonly ForeignRule[] = [{
  written: 'read-only tools', span: { start: 0, end: 0 }, effect: 'allow', actions: ['call'], agents: null, where: null, ignored: null,
  resources: ['read_file', 'read_many_files', 'list_directory', 'glob', 'search_file_content', 'grep_search'].map((name) => `tool:${SERVER}/${name}`),
}];

const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([['allow', 'allow'], ['deny', 'deny'], ['ask_user', 'require_approval']]);
const USER_TIER = 4;
const WORKSPACE_TIER = 3;

/** A policy file in `.gemini/policies` of a workspace is of the workspace tier, which the tool does not load; elsewhere somebody names it, as the user does. */
export const tierOf = (path: string): number => {
  const way = folders(path);
  return way.at(-1) === 'policies' && way.at(-2) === '.gemini' ? WORKSPACE_TIER : USER_TIER;
};

/** `refused`: the file does not parse. */
export function rankedRules(rules: readonly GeminiRule[], tier: number, refused = false): readonly RankedRule[] {
  return rules.flatMap((rule): RankedRule[] => {
    const effect = EFFECTS.get(rule.decision?.value ?? '');
    if (!effect) return [];
    const ignored = refused ? 'The file is no TOML, so all of it is refused.' : tier === WORKSPACE_TIER ? 'Policies of a workspace are not loaded.'
      : rule.modes !== null && !rule.modes.includes('default') ? `It is for the mode ${rule.modes.map((mode) => `\`${mode}\``).join(', ')} only.`
        : rule.interactive === false ? 'It is for runs without a person only.' : null;
    return [{
      rank: tier + (rule.priority?.value ?? 0) / 1000,
      rule: {
        written: writtenOf(rule), span: rule.at.span, effect, actions: ['call'], resources: resourcesOf(rule).map((tool) => `tool:${tool}`),
        agents: rule.subagent === null ? null : [rule.subagent], where: argumentTest(rule, effect), ignored,
      },
    }];
  });
}

function writtenOf({ decision, tools, server, prefixes, regex, argsPattern }: GeminiRule): string {
  const what = [server ? `${server.value}/` : '', tools.map(({ value }) => value).join('|') || (prefixes.length > 0 || regex !== null ? 'run_shell_command' : '*')].join('');
  const detail = prefixes.length > 0 ? prefixes.join('|') : (regex ?? argsPattern);
  return `${decision?.value ?? ''} ${what}${detail === null ? '' : ` (${detail})`}`;
}

function resourcesOf({ tools, server, prefixes, regex }: GeminiRule): readonly string[] {
  const names = tools.map(({ value }) => value);
  if (server) return (names.length > 0 ? names : ['*']).map((name) => `${server.value}/${name}`);
  if (names.length === 0) return [prefixes.length > 0 || regex !== null ? `${SERVER}/run_shell_command` : '*'];
  return names.map((name) => toolName(name));
}

/** `server__tool` is a server's; `*` is every tool; the rest is built in. */
export function toolName(name: string): string {
  if (name === '*') return '*';
  const parts = /^(.+?)__(.+)$/.exec(name);
  return parts ? `${parts[1] ?? ''}/${parts[2] ?? ''}` : `${SERVER}/${name}`;
}

export function geminiPermissions(ranked: readonly RankedRule[], under: string, span: Span | null): ForeignPermissions {
  const permissions: GeminiPermissions = {
    family: 'gemini', governs: { kind: 'tool', formats: ['gemini'], under, implicit: 'gemini' }, order: { kind: 'first' }, covers: ['tool:*'], ranked, rules: ordered(ranked),
    default: { effect: 'require_approval', otherwise: OWN, words: 'what no rule names asks the user', span, rank: 0 }, unknown: [], unite,
  };
  return permissions;
}

const ordered = (ranked: readonly RankedRule[]): readonly ForeignRule[] => [...ranked].sort((a, b) => b.rank - a.rank).map(({ rule }) => rule);

/** All files together in the order of their ranks; of equals in the order of the files. */
function unite(parts: readonly PermissionPart[]): UnitedPermissions {
  const all = parts.flatMap(({ path, format, permissions }) => ((permissions as GeminiPermissions).ranked ?? []).map(({ rank, rule }): { readonly rank: number; readonly placed: PlacedRule } => ({ rank, placed: { path, format, rule } })));
  const first = parts[0] as PermissionPart;
  const { effect, words, span } = first.permissions.default;
  const otherwise = OWN.map((rule) => ({ path: first.path, format: first.format, rule }));
  return { rules: all.sort((a, b) => b.rank - a.rank).map(({ placed }) => placed), otherwise, default: { effect, words, span, path: first.path, format: first.format }, unknown: [] };
}
