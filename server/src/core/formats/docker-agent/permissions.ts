// `permissions` of a team file: a denial beats an allowance, an allowance beats a question, and what nothing names asks unless it only reads.
import { valueOf, type MapNode } from '../../yaml';
import type { Span } from '../../text';
import { at, entriesOf } from '../agent';
import { spannedItems, textField } from '../fields';
import type { Spanned } from '../format';
import type { ArgumentTest, ArgumentValues, ForeignDefault, ForeignPermissions, ForeignRule, PermissionEffect, TestResult } from '../permissions';
import { globOf, isPlain } from './glob';
import { COMMANDS, READ_ONLY, SERVER } from './toolsets';

export interface TeamRule {
  readonly effect: PermissionEffect;
  readonly written: Spanned<string>;
  /** the glob over names of tools */
  readonly tool: string;
  /** globs over the arguments, all of which must fit */
  readonly args: readonly { readonly name: string; readonly glob: string }[];
}

const LISTS: readonly (readonly [string, PermissionEffect])[] = [['deny', 'deny'], ['allow', 'allow'], ['ask', 'require_approval']];

export const readPermissions = (root: MapNode): readonly TeamRule[] =>
  LISTS.flatMap(([key, effect]) => spannedItems(at(root, 'permissions', key)).map((written): TeamRule => ({ effect, written, ...partsOf(written.value) })));

/** `tool:argument=glob:argument=glob`; a colon that no `argument=` follows belongs to what stands before it. */
function partsOf(text: string): Pick<TeamRule, 'tool' | 'args'> {
  const found = [...text.matchAll(/:(\w+)=/g)];
  const values = found.map((match, index) => text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length));
  return { tool: text.slice(0, found[0]?.index ?? text.length), args: found.map((match, index) => ({ name: match[1] ?? '', glob: values[index] ?? '' })) };
}

/** `tools`: what the file's agents name, as `server/tool`: patterns do not ask for the case of letters, and the names here do. */
export function permissionsOf(root: MapNode, tools: readonly string[]): ForeignPermissions | null {
  const node = valueOf(root, 'permissions');
  const modes = safetyModes(root);
  const [mode] = modes;
  if (node?.kind !== 'map' && !mode) return null;
  const start = node?.start ?? mode?.span.start ?? 0;
  const yields = mode?.value === 'balanced' || mode?.value === 'restricted' || mode?.value === 'autonomous';
  return {
    family: SERVER, governs: { kind: 'file' }, order: { kind: 'strictest', effects: ['deny', 'allow', 'require_approval'] }, covers: ['tool:*', 'agent:*'],
    rules: readPermissions(root).map((rule) => ruleOf(rule, tools)).map((rule) => (yields && rule.effect === 'require_approval' ? { ...rule, ignored: `It gives way to the safety mode \`${mode?.value ?? ''}\`.` } : rule)),
    default: { ...fallbackOf(mode?.value ?? null, { start, end: start }), span: mode?.span ?? null, rank: 1 },
    // one set is for all agents of the file
    unknown: new Set(modes.map(({ value }) => value)).size > 1 ? ['the agents of this file have different modes under `safety`'] : [],
  };
}

const MODES: ReadonlySet<string> = new Set(['strict', 'balanced', 'restricted', 'autonomous']);

/** What `safety` says for each agent: its own, else the file's; the file's alone where no agent says anything. Only modes that there are. */
export function safetyModes(root: MapNode): readonly Spanned<string>[] {
  const whole = textField(at(root, 'runtime'), 'safety');
  const own = entriesOf(valueOf(root, 'agents')).map(({ map }) => textField(map, 'safety'));
  const each = own.some((one) => one !== null) ? own.map((one) => one ?? whole ?? { value: '', span: { start: 0, end: 0 } }) : whole ? [whole] : [];
  return each.every(({ value }) => value === '' || MODES.has(value)) ? each : [];
}

/** What holds where no pattern fits. */
function fallbackOf(mode: string | null, span: Span): Pick<ForeignDefault, 'effect' | 'otherwise' | 'words'> {
  const rule = (written: string, resources: readonly string[], where: ArgumentTest | null): ForeignRule => ({ written, span, effect: 'allow', actions: ['call'], resources, agents: null, where, ignored: null });
  const reads: ForeignRule = { ...rule('tools that only read', [...READ_ONLY.map((name) => `tool:${SERVER}/${name}`), 'agent:*'], null), actions: ['call', 'delegate'] };
  const safe = rule('commands that are safe', [...COMMANDS].map((name) => `tool:${name}`), { key: 'docker-agent safe commands', words: 'the runtime takes the command for a safe one', args: ['command'], test: () => 'unknown' });
  if (mode === 'autonomous') return { effect: 'allow', otherwise: [], words: 'The safety mode is `autonomous`: what no pattern denies runs without asking.' };
  if (mode === 'restricted') return { effect: 'deny', otherwise: [reads, safe], words: 'The safety mode is `restricted`: what no pattern allows and is not known to be safe is denied.' };
  if (mode === 'balanced') return { effect: 'require_approval', otherwise: [reads, safe], words: 'The safety mode is `balanced`: what is known to be safe runs, the rest asks.' };
  if (mode === 'strict') return { effect: 'require_approval', otherwise: [], words: 'The safety mode is `strict`: what no pattern allows asks, also what only reads.' };
  return { effect: 'require_approval', otherwise: [reads], words: 'What no pattern names asks the user, unless the tool only reads.' };
}

function ruleOf(rule: TeamRule, tools: readonly string[]): ForeignRule {
  const { effect, written, tool, args } = rule;
  const resources = isPlain(tool) ? resourcesOf(tool, tools) : null;
  // work is handed on by tools of their own
  const hands = HANDING.some((name) => globOf(tool)?.(name) === true);
  return {
    written: written.value, span: written.span, effect, actions: hands ? ['call', 'delegate'] : ['call'], resources: [...(resources ?? ['tool:*']), ...(hands ? ['agent:*'] : [])], agents: null, ignored: null,
    where: args.length === 0 && resources !== null ? null : testOf(rule, resources === null),
  };
}

/** What hands work on to `args.agent`. */
const HANDING: readonly string[] = ['transfer_task', 'handoff'];

/** The names that a pattern over plain names can mean: a tool of any toolset, or one of a server as `mcp:server:tool` or `server_tool`. */
function resourcesOf(glob: string, tools: readonly string[]): readonly string[] {
  if (/^\*+$/.test(glob)) return ['tool:*'];
  const names = new Set<string>([`*/${glob}`, `*/${glob.toLowerCase()}`]);
  const qualified = /^mcp:([^:]+):(.+)$/i.exec(glob);
  if (qualified) names.add(`${qualified[1] ?? ''}/${qualified[2] ?? ''}`);
  const fits = globOf(glob);
  for (const tool of tools) {
    const server = tool.slice(0, tool.lastIndexOf('/'));
    if (!tool.includes('*') && fits && namesOf(tool).some(fits)) names.add(tool);
    if (server !== SERVER && glob.toLowerCase().startsWith(`${server.toLowerCase()}_`)) names.add(`${server}/${glob.slice(server.length + 1)}`);
  }
  return [...names].map((name) => `tool:${name}`);
}

function namesOf(tool: string): readonly string[] {
  const slash = tool.lastIndexOf('/');
  const server = tool.slice(0, slash);
  const name = tool.slice(slash + 1);
  return server === SERVER ? [name] : [name, `mcp:${server}:${name}`, `${server}_${name}`];
}

function testOf({ effect, written, tool, args }: TeamRule, byName: boolean): ArgumentTest {
  const name = byName ? globOf(tool) : null;
  const globs = args.map((arg) => ({ ...arg, fits: globOf(arg.glob) }));
  return {
    key: `docker-agent ${effect === 'allow' ? 'allow' : 'match'} ${written.value.toLowerCase()}`,
    words: globs.length === 0 ? `the tool's name fits \`${tool}\`` : globs.map((arg) => `\`${arg.name}\` fits \`${arg.glob}\``).join(' and '),
    args: globs.map((arg) => ALIASES.get(arg.name) ?? arg.name),
    examples: globs.map(({ glob }) => glob.replaceAll('*', '')).filter((text) => text !== ''),
    test(values, resource) {
      const called = resource.slice(resource.indexOf(':') + 1);
      const agent = resource.startsWith('agent:') ? called : null;
      if (agent === null && byName && !(name && namesOf(called).some(name))) return name ? false : 'unknown';
      let result: TestResult = true;
      for (const { name: key, glob, fits } of globs) {
        const value = agent !== null && key === 'agent' ? agent : textOf(values, key);
        const answer: TestResult = value === null ? 'error' : fits === null || value.length > MAX_VALUE ? 'unknown' : fits(value) && (effect !== 'allow' || key !== 'cmd' || !COMMANDS.has(called) || isGrant(glob, value));
        if (answer === false) return false;
        if (answer !== true) result = answer;
      }
      return result;
    },
  };
}

const MAX_VALUE = 20_000;

/** An allowance by the beginning of a command is for one command, and ends at a word. */
function isGrant(glob: string, command: string): boolean {
  const literal = glob.endsWith('*') ? glob.slice(0, -1) : null;
  if (literal === null || literal === '' || /[*?[\\]/.test(literal)) return true;
  return !/[;&|`$<>(){}\n\r]/.test(command) && (/\s$/.test(literal) || /^(?:\s|$)/.test(command.slice(literal.length)));
}

/** What requests call the arguments that the tool itself calls so. */
const ALIASES: ReadonlyMap<string, string> = new Map([['cmd', 'command'], ['path', 'file_path'], ['urls', 'url']]);

function textOf(values: ArgumentValues, name: string): string | null {
  const alias = ALIASES.get(name);
  const value = Object.hasOwn(values, name) ? values[name] : alias !== undefined && Object.hasOwn(values, alias) ? values[alias] : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : Array.isArray(value) && value.every((item) => typeof item === 'string') ? `[${value.join(' ')}]` : null;
}
