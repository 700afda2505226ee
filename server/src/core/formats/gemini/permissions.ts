// Rules of Gemini's policy files and settings as one ordered list: the highest tier and priority that matches decides, and what none names asks.
import { patternList, type Span } from '../../text';
import { folders } from '../paths';
import type { ArgumentTest, ForeignPermissions, ForeignRule, PermissionEffect, PermissionPart, PlacedRule, UnitedPermissions } from '../permissions';
import { argumentTest, askedOf, type Asked } from './argument-test';
import { OF_SERVERS, SERVER, resourcesOf, toolPatterns } from './names';
import type { GeminiRule } from './read-rules';
import { judge, type ShellRule } from './shell-judge';
import { shellTest, type ComparedRule } from './shell-relations';

/** `rank`: tier and priority as the tool adds them up, from 1.0 to 5.999. */
export interface RankedRule {
  readonly rank: number;
  readonly rule: ForeignRule;
  readonly asked: Asked | null;
  readonly allowRedirection: boolean;
  /** null: in all */
  readonly modes: readonly string[] | null;
}

/** `default`, `autoEdit`, `plan`: what settings say that a session begins with. */
export type Mode = 'default' | 'autoEdit' | 'plan';

interface GeminiPermissions extends ForeignPermissions {
  readonly ranked: readonly RankedRule[];
  readonly mode: { readonly value: Mode; readonly span: Span } | null;
}

const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([['allow', 'allow'], ['deny', 'deny'], ['ask_user', 'require_approval']]);

export const EXTENSION_TIER = 2;
const WORKSPACE_TIER = 3;
const USER_TIER = 4;

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
      : tier === EXTENSION_TIER && effect === 'allow' ? 'An extension cannot allow anything.'
        : rule.interactive === false ? 'It is for runs without a person only.' : null;
    const asked = askedOf(rule);
    return [{
      rank: tier + (rule.priority?.value ?? 0) / 1000, asked, allowRedirection: rule.allowRedirection, modes: rule.modes,
      rule: {
        written: writtenOf(rule), span: rule.at.span, effect, actions: ['call'], resources: resourcesOf(patternsOf(rule)),
        agents: rule.subagent === null ? null : [rule.subagent], where: asked && argumentTest(asked), ignored,
      },
    }];
  });
}

function writtenOf({ decision, tools, server, prefixes, regex, argsPattern }: GeminiRule): string {
  const what = [server ? `${server.value}/` : '', tools.map(({ value }) => value).join('|') || (prefixes.length > 0 || regex !== null ? 'run_shell_command' : '*')].join('');
  const detail = prefixes.length > 0 ? prefixes.join('|') : (regex ?? argsPattern);
  return `${decision?.value ?? ''} ${what}${detail === null ? '' : ` (${detail})`}`;
}

function patternsOf({ tools, server, prefixes, regex }: GeminiRule): readonly string[] {
  const names = tools.map(({ value }) => value);
  if (server) {
    const of = names.length > 0 ? names : ['*'];
    return server.value === '*' ? (of.includes('*') ? OF_SERVERS : [...of.map((name) => `*/${name}`), `!${SERVER}/*`]) : of.map((name) => `${server.value}/${name}`);
  }
  if (names.length === 0) return [prefixes.length > 0 || regex !== null ? `${SERVER}/run_shell_command` : '*'];
  return names.flatMap(toolPatterns);
}

export function geminiPermissions(ranked: readonly RankedRule[], under: string, span: Span | null, mode: GeminiPermissions['mode'] = null): ForeignPermissions {
  const base: GeminiPermissions = {
    family: 'gemini', governs: { kind: 'tool', formats: ['gemini'], under, implicit: 'gemini' }, order: { kind: 'first' }, covers: ['tool:*'], ranked, mode, rules: [],
    default: { effect: 'require_approval', otherwise: [], words: '', span, rank: 0 }, unknown: [], unite,
  };
  // as if the file were alone, for those who list its rules
  const alone = unite([{ path: '', format: 'gemini', permissions: base }]);
  const { effect, words } = alone.default;
  return { ...base, rules: alone.rules.map(({ rule }) => rule), default: { effect, words, span, otherwise: alone.otherwise.map(({ rule }) => rule), rank: 0 } };
}

interface Placed extends RankedRule {
  readonly path: string;
  readonly format: string;
}

/** All files together in the order of their ranks; of equals in the order of the files. */
function unite(parts: readonly PermissionPart[]): UnitedPermissions {
  const own = (part: PermissionPart): GeminiPermissions => part.permissions as GeminiPermissions;
  const set = parts.find((part) => own(part).mode !== null) ?? (parts[0] as PermissionPart);
  const mode = own(set).mode?.value ?? 'default';
  const all = parts.flatMap((part) => (own(part).ranked ?? []).map((ranked): Placed => ({ ...ranked, rule: inMode(ranked, mode), path: part.path, format: part.format }))).sort((a, b) => b.rank - a.rank);
  const { path, format } = set;
  return {
    rules: withQuestions(all), otherwise: otherwiseIn(mode, own(set).mode?.span ?? { start: 0, end: 0 }).map((rule) => ({ path, format, rule })), unknown: [],
    default: {
      path, format, span: own(set).mode?.span ?? own(set).default.span, effect: mode === 'plan' ? 'deny' : 'require_approval',
      words: mode === 'plan' ? 'Sessions begin in the mode `plan`: nothing but what only reads is there.' : mode === 'autoEdit' ? 'What no rule names asks the user, but for edits: sessions begin in the mode `auto_edit`.' : 'What no rule names asks the user.',
    },
  };
}

const inMode = ({ rule, modes }: RankedRule, mode: Mode): ForeignRule =>
  rule.ignored === null && modes !== null && modes.length > 0 && !modes.includes(mode) ? { ...rule, ignored: `It is for the mode ${modes.map((one) => `\`${one}\``).join(', ')} only.` } : rule;

const SHELL = `tool:${SERVER}/run_shell_command`;
const isForShell = ({ resources }: ForeignRule): boolean => patternList(resources).matches(SHELL);

/** Rules for commands are asked about together: what a line gets hangs on all of them. */
function withQuestions(all: readonly Placed[]): readonly PlacedRule[] {
  const shell = all.filter(({ rule }) => rule.ignored === null && rule.agents === null && isForShell(rule));
  const rules = shell.map(({ rule, asked, allowRedirection }): ShellRule => ({ effect: rule.effect, question: asked?.question ?? null, allowRedirection }));
  const key = shell.map(({ rule, asked, allowRedirection }) => `${rule.effect} ${asked?.key ?? '*'} ${allowRedirection ? '>' : ''}`).join('\n');
  const name = keyOf(key);
  const compared = shell.map(({ rule, asked, allowRedirection }): ComparedRule => ({ effect: rule.effect, key: asked?.key ?? '', prefixes: asked ? asked.prefixes : [], allowRedirection }));
  return all.map((placed): PlacedRule => {
    const { path, format, asked } = placed;
    const at = shell.indexOf(placed);
    const plain = asked ? argumentTest(asked) : null;
    if (at < 0) return { path, format, rule: placed.rule };
    const where: ArgumentTest = {
      key: `gemini shell ${name} ${at}`, words: asked?.words ?? 'the command is not one that another rule decides', args: [...new Set(['command', ...(plain?.args ?? [])])],
      ...(asked && asked.examples.length > 0 ? { examples: asked.examples } : {}),
      test(args, resource) {
        if (resource !== SHELL || typeof args.command !== 'string') return asked ? asked.question(args) : true;
        const verdict = judge(rules, args);
        return verdict === 'unknown' ? 'unknown' : verdict.rule === at;
      },
    };
    return {
      path, format,
      rule: {
        ...placed.rule,
        where: placed.rule.resources.length === 1 && placed.rule.resources[0] === SHELL ? shellTest(where, compared, name, at) : where,
      },
    };
  });
}

/** A short name of a long list, the same for the same list. */
function keyOf(text: string): string {
  let [a, b] = [7, 11];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = (Math.imul(a, 16_777_619) ^ code) >>> 0;
    b = (Math.imul(b, 2_654_435_761) + code) >>> 0;
  }
  return `${text.length}-${a.toString(36)}-${b.toString(36)}`;
}

/** The tool's own policies, below all others. */
function otherwiseIn(mode: Mode, span: Span): readonly ForeignRule[] {
  const rule = (written: string, names: readonly string[]): ForeignRule => ({ written, span, effect: 'allow', actions: ['call'], agents: null, where: null, ignored: null, resources: names.map((name) => `tool:${SERVER}/${name}`) });
  return [
    rule('read-only tools', ['read_file', 'read_many_files', 'list_directory', 'glob', 'search_file_content', 'grep_search', 'google_web_search']),
    ...(mode === 'autoEdit' ? [rule('edits', ['write_file', 'replace'])] : []),
  ];
}
