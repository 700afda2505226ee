// A rule of Claude Code as a rule over tools: `Bash(git push:*)` is a question about `args.command`, `Read(./.env)` one about the path of whatever reads it.
import { pattern } from '../../text';
import { programName } from '../shell';
import type { ArgumentTest, ArgumentValues, ForeignRule, TestResult } from '../permissions';
import { commandPattern, type CommandPattern } from './command-pattern';
import { isProtected } from './critical';
import { domainPattern, hostOf } from './domain-pattern';
import { isWrite, restricts, type Judge } from './judge';
import { lineTest } from './line-relations';
import { couldStandFor, pathPattern, requestPath, type PathPattern } from './path-pattern';
import { operandsOf, placeOf, type Place } from './read-places';
import { redacted } from './secrets';
import { isMcpName, mayAllow, mcpPattern, parameterOf } from './rule-text';
import type { ClaudeRule } from './settings';
import { ALIASES, EDITORS, PARAMETERS, PRIMARY, READERS, SERVER, UNCONSULTED } from './tools';

const own = (tool: string): string => `tool:${SERVER}/${tool}`;
/** What is secret in a rule is never shown. */
function quoted(written: string): string {
  const text = redacted(written);
  return `\`${text.length > 80 ? `${text.slice(0, 79)}…` : text}\``;
}

/** `judge` knows the other rules. `asks`: what `ask` comes to: nobody is asked where the mode is `dontAsk`. */
export function compileRule(rule: ClaudeRule, judge: Judge, asks: 'require_approval' | 'deny'): ForeignRule {
  const { parsed, effect, written, span } = rule;
  const make = (resources: readonly string[], where: ArgumentTest | null, more: Partial<ForeignRule> = {}): ForeignRule => ({
    written: redacted(written), span, effect: effect === 'ask' ? asks : effect, actions: ['call'], resources, agents: null, where, ignored: null, ...more,
  });
  const ignored = (why: string): ForeignRule => make(['tool:*'], null, { ignored: why });
  if (!parsed) return ignored('Claude Code reads rules of the form `Tool` or `Tool(...)`; this is none, and is skipped.');
  const { specifier } = parsed;
  const tool = ALIASES.get(parsed.tool) ?? parsed.tool;
  if (isMcpName(tool)) {
    if (parsed.at < written.trim().length) return ignored('A rule for tools of a server takes nothing in brackets; Claude Code skips it.');
    if (effect === 'allow' && !mayAllow(tool)) return ignored('An `allow` may hold a `*` only behind a literal `mcp__server__`; Claude Code skips it.');
    const tools = mcpPattern(tool);
    if (tools === null) return ignored('The rule names no server.');
    return make(tools === '*' ? [`tool:*/*`, `!tool:${SERVER}/*`] : [`tool:${tools}`], null);
  }
  if (tool.includes('*')) {
    if (effect === 'allow') return ignored('An `allow` may hold a `*` in the name only behind a literal `mcp__server__`; Claude Code skips it.');
    return tool === '*' ? make(['tool:*'], null) : make([own(tool)], null);
  }
  if (specifier === null) return tool === 'Agent' ? make([own(tool), 'agent:*'], null, { actions: ['call', 'delegate'] }) : make([own(tool)], effect !== 'allow' ? null : tool === 'Bash' || tool === 'PowerShell' ? wholeShell(judge, tool === 'PowerShell') : wholeEditor(tool));
  const moved = UNCONSULTED.get(tool);
  if (moved) return ignored(`Claude Code takes path rules for \`${tool}\` and never looks at them; \`${moved}(...)\` is the rule that counts.`);
  const parameter = effect === 'allow' ? null : parameterOf(specifier);
  if (parameter && PRIMARY.get(tool) === parameter.name) return ignored(`\`${parameter.name}\` cannot be matched as a parameter; Claude Code skips the rule.`);
  if (parameter && PARAMETERS.get(tool)?.has(parameter.name)) return make([own(tool)], parameterTest(parameter.name, parameter.value));
  switch (tool) {
    case 'Bash':
    case 'PowerShell':
      return make([own(tool)], commandTest(specifier, effect, judge, tool === 'PowerShell'));
    case 'Read':
      return readRule(specifier, rule, judge, make);
    case 'Edit':
      return editRule(specifier, rule, judge, make);
    case 'WebFetch': {
      const domain = /^\s*domain\s*:([\s\S]*)$/.exec(specifier)?.[1];
      return domain === undefined ? ignored('A rule for `WebFetch` names a host: `WebFetch(domain:example.com)`.') : make([own(tool)], domainTest(domain));
    }
    case 'Agent':
      return make([own(tool), `agent:${specifier.trim()}`], agentTest(specifier.trim()), { actions: ['call', 'delegate'] });
    case 'Skill':
      return make([own(tool)], skillTest(specifier));
    case 'Cd':
      return make([own(tool)], pathTest('path', ['path', 'file_path'], pathPattern(specifier, effect !== 'allow'), specifier));
    default:
      if (parameter) return make([own(tool)], parameterTest(parameter.name, parameter.value));
      return effect === 'allow' ? ignored(`Claude Code has no rule of this form for \`${tool}\`: only \`deny\` and \`ask\` can name a parameter, as \`${tool}(name:value)\`.`) : ignored(`Claude Code has no rule of this form for \`${tool}\`; name a parameter, as \`${tool}(name:value)\`.`);
  }
}

const textOf = (args: ArgumentValues, names: readonly string[]): string | null => {
  for (const name of names) {
    const value = args[name];
    if (typeof value === 'string') return value;
  }
  return null;
};

/** A command for which the pattern is, with and without something behind it. */
const commandsOf = (wanted: CommandPattern): readonly string[] => (redacted(wanted.key) !== wanted.key ? [] : wanted.exact ? [wanted.key] : [wanted.key.replaceAll('*', 'x').trim(), wanted.key.replaceAll('*', '').trim()]);

export const underOf = ({ under }: Judge): Pick<ArgumentTest, 'under'> => (under === undefined ? {} : { under });

/** Commands, and the first of them writing to where it may. */
export const written = (commands: readonly string[], { writable }: Judge): readonly string[] => [...commands, ...writable.map((path) => `${commands[0] ?? 'ls'} > ${path}`)];

/** A path for which the pattern is. */
const pathOf = (specifier: string): string => specifier.trim().replace(/^\/\//, '\0').replace(/^\.?\//, '').replace('\0', '/').replaceAll(/\*+/g, 'x');

function wholeShell(judge: Judge, powershell: boolean): ArgumentTest {
  const test: ArgumentTest = {
    key: `claude ${powershell ? 'powershell' : 'bash'} all ${judge.key}`, words: '`args.command` removes nothing vital and writes to no file that needs approval', args: ['command'], examples: ['make', 'make x'],
    test: (args) => {
      const command = textOf(args, ['command']);
      return command === null || judge.approves(command, powershell);
    },
  };
  return powershell ? test : lineTest(test, { kind: 'allowed', pattern: commandPattern(null), terms: judge.terms });
}

/** No rule approves a change of what decides what runs later; null for a tool that changes no files. */
function wholeEditor(tool: string): ArgumentTest | null {
  const names = EDITORS.get(tool);
  return !names ? null : {
    key: `claude ${names.join(' ')} all`, words: 'the path is none of those that no rule approves, such as `.git`, `.claude` and `.vscode`', args: names, examples: ['src/x.txt'], sure: true,
    test: (args) => {
      const given = textOf(args, names);
      const path = given === null ? null : requestPath(given);
      return given === null || (path !== null && !isProtected(path));
    },
  };
}

function commandTest(specifier: string, effect: ClaudeRule['effect'], judge: Judge, powershell: boolean): ArgumentTest {
  const wanted = commandPattern(specifier, powershell);
  const name = wanted.exact ? `is ${quoted(wanted.key)}` : `matches ${quoted(wanted.key)}`;
  if (effect !== 'allow') {
    const test: ArgumentTest = {
      key: `claude bash restrict ${wanted.key}`, words: `a command of \`args.command\` ${name}`, args: ['command'], examples: commandsOf(wanted),
      test: (args) => {
        const command = textOf(args, ['command']);
        return command === null ? 'error' : restricts(wanted, command, judge.line(command));
      },
    };
    return powershell ? test : lineTest(test, { kind: 'named', pattern: wanted });
  }
  const test: ArgumentTest = {
    key: `claude ${powershell ? 'powershell' : 'bash'} allow ${wanted.key} ${judge.key}`, words: `a command of \`args.command\` ${name}, and every other part of it is allowed too`, args: ['command'], ...underOf(judge), examples: written(commandsOf(wanted), judge),
    test: (args) => {
      const command = textOf(args, ['command']);
      if (command === null) return 'error';
      return restricts(wanted, command, judge.line(command)) === true && judge.approves(command, powershell);
    },
  };
  return powershell ? test : lineTest(test, { kind: 'allowed', pattern: wanted, terms: judge.terms });
}

type Make = (resources: readonly string[], where: ArgumentTest | null, more?: Partial<ForeignRule>) => ForeignRule;

/** A path of one of the tools' arguments. */
function pathTest(what: string, names: readonly string[], wanted: PathPattern, specifier: string, also: (path: NonNullable<ReturnType<typeof requestPath>>) => boolean = () => true): ArgumentTest {
  return {
    key: `claude ${what} ${wanted.key}`, words: `the path matches ${quoted(specifier.trim())}`, args: names, examples: [pathOf(specifier)], sure: true,
    test: (args): TestResult => {
      const written = textOf(args, names);
      if (written === null) return 'error';
      const path = requestPath(written);
      if (!path) return 'unknown';
      const result = wanted.matches(path);
      return result === true ? also(path) : result;
    },
  };
}

/** Also for who asks about a command: one that reads the path, or writes to it. */
const withExamples = (test: ArgumentTest, command: string): ArgumentTest => ({ ...test, examples: [...(test.examples ?? []), ...(test.examples ?? []).map((path) => `${command}${path}`)] });

/** Several tools, each with arguments and a question of its own. */
function byTool(tests: ReadonlyMap<string, (args: ArgumentValues) => TestResult>, base: ArgumentTest): ArgumentTest {
  return { ...base, test: (args, resource) => (tests.get(resource) ?? ((given: ArgumentValues) => base.test(given, resource)))(args) };
}

/** Commands that change the files they name. */
const WRITING: ReadonlySet<string> = new Set(['rm', 'rmdir', 'mv', 'cp', 'touch', 'tee', 'truncate', 'ln', 'install', 'rsync', 'chmod', 'chown', 'dd', 'shred', 'unlink']);

function readRule(specifier: string, { effect }: ClaudeRule, judge: Judge, make: Make): ForeignRule {
  const denies = effect === 'deny';
  const wanted = pathPattern(specifier, effect !== 'allow');
  const base = lineTest(withExamples(pathTest(`path ${effect}`, ['file_path', 'path', 'notebook_path', 'command'], wanted, specifier), 'cat '), { kind: 'path', anchor: wanted.anchor });
  const tests = new Map<string, (args: ArgumentValues) => TestResult>();
  for (const [tool, names] of READERS) tests.set(own(tool), (args) => (tool !== 'Read' && textOf(args, names) === null ? wanted.everything : pathTest('', names, wanted, specifier).test(args, '')));
  // what must not be read must not be written either; notebooks are not looked at
  if (denies) for (const tool of ['Edit', 'Write']) tests.set(own(tool), (args) => pathTest('', ['file_path'], wanted, specifier).test(args, ''));
  if (effect !== 'allow') tests.set(own('Bash'), (args) => either(commandReads(args, wanted, judge), denies && redirectsTo(args, wanted, judge)));
  return make([...tests.keys()], byTool(tests, base));
}

function editRule(specifier: string, { effect }: ClaudeRule, judge: Judge, make: Make): ForeignRule {
  const wanted = pathPattern(specifier, effect !== 'allow');
  const allows = effect === 'allow';
  const free = (path: NonNullable<ReturnType<typeof requestPath>>): boolean => !isProtected(path);
  const base = lineTest(withExamples(pathTest(`path ${effect} edit`, ['file_path', 'notebook_path', 'command'], wanted, specifier, allows ? free : undefined), 'ls > '), { kind: 'path', anchor: wanted.anchor });
  const tests = new Map<string, (args: ArgumentValues) => TestResult>();
  for (const [tool, names] of EDITORS) tests.set(own(tool), (args) => pathTest('', names, wanted, specifier, allows ? free : undefined).test(args, ''));
  // leave to change a file is leave to read it
  if (allows) tests.set(own('Read'), (args) => pathTest('', ['file_path'], wanted, specifier).test(args, ''));
  else tests.set(own('Bash'), (args) => commandWrites(args, wanted, judge));
  return make([...tests.keys()], byTool(tests, base));
}

/** `cat .env` and its like, and what a command is given to read. Whether the rules are for others that read (`grep x .env`), is not told anywhere. */
function commandReads(args: ArgumentValues, wanted: PathPattern, judge: Judge): TestResult {
  const command = textOf(args, ['command']);
  if (command === null) return false;
  const { sure, perhaps } = judge.reads(command);
  return anyOf(sure, perhaps, wanted);
}

const either = (one: TestResult, other: TestResult): TestResult => (one === true || other === true ? true : one === false ? other : one);

/** What a line is redirected to is checked as an edit, and what must not be read must not be edited. */
function redirectsTo(args: ArgumentValues, wanted: PathPattern, judge: Judge): TestResult {
  const command = textOf(args, ['command']);
  if (command === null) return false;
  return anyOf(judge.line(command).commands.flatMap(({ redirects }) => redirects.filter(isWrite).map(({ target, glob }) => placeOf({ value: target, glob }))), [], wanted);
}

/** What a command is redirected to, what \`sed -i\` changes; others that change files (\`rm\`, \`cp\`, \`tee\`) perhaps. */
function commandWrites(args: ArgumentValues, wanted: PathPattern, judge: Judge): TestResult {
  const command = textOf(args, ['command']);
  if (command === null) return false;
  const places = judge.line(command).commands.map((part) => {
    const words = operandsOf(part);
    const program = programName(words[0]?.value ?? '');
    const edits = program === 'sed' && words.some((word) => /^-[a-zA-Z]*i|^--in/.test(word.value));
    const named = words.slice(edits ? 2 : 1).filter((word) => !word.value.startsWith('-')).map(placeOf);
    return { sure: [...part.redirects.filter(isWrite).map(({ target, glob }) => placeOf({ value: target, glob })), ...(edits ? named : [])], perhaps: WRITING.has(program) ? named : [] };
  });
  return anyOf(places.flatMap(({ sure }) => sure), places.flatMap(({ perhaps }) => perhaps), wanted);
}

/** A path that cannot be compared here leaves the question open only for calls of file tools; of a command's words few are paths. */
function anyOf(sure: readonly Place[], perhaps: readonly Place[], wanted: PathPattern): TestResult {
  const hits = ({ path }: Place): boolean => path !== null && wanted.matches(path) === true;
  // `.e*` stands for whatever is there
  const couldBe = ({ value, glob }: Place): boolean => glob && wanted.examples.some((example) => couldStandFor(value, example));
  if (sure.some(hits)) return true;
  return sure.some(couldBe) || perhaps.some((place) => hits(place) || couldBe(place)) ? 'unknown' : false;
}

function domainTest(written: string): ArgumentTest {
  const wanted = domainPattern(written);
  return {
    key: `claude domain ${wanted.key}`, errs: 'no address in args.url', words: `the host of \`args.url\` is ${quoted(written.trim())}`, args: ['url'], examples: [`https://${wanted.key.replaceAll('*', 'www')}/`],
    test: (args) => {
      const url = textOf(args, ['url']);
      const host = url === null ? null : hostOf(url);
      return host === null ? 'error' : wanted.matches(host);
    },
  };
}

/** A parameter that is not given never matches. */
function parameterTest(name: string, value: string): ArgumentTest {
  const wanted = pattern(value);
  return {
    key: `claude parameter ${name} ${value}`, words: `\`args.${name}\` is ${quoted(value)}`, args: [name], examples: [value.replaceAll('*', 'x')],
    test: (args) => {
      const given = args[name];
      return (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') && wanted.matches(String(given));
    },
  };
}

function agentTest(name: string): ArgumentTest {
  const wanted = pattern(name);
  return {
    key: `claude agent ${name}`, words: `\`args.subagent_type\` is ${quoted(name)}`, args: ['subagent_type'], examples: [name.replaceAll('*', 'x')],
    test: (args, resource) => {
      if (resource.startsWith('agent:')) return true;
      const given = textOf(args, ['subagent_type']);
      return given === null ? 'error' : wanted.matches(given);
    },
  };
}

/** `Skill(name)`, and `Skill(name *)` with whatever arguments. */
function skillTest(specifier: string): ArgumentTest {
  const wanted = commandPattern(specifier);
  return {
    key: `claude skill ${wanted.key}`, words: `\`args.skill\` is ${quoted(specifier.trim())}`, args: ['skill'], examples: commandsOf(wanted),
    test: (args) => {
      const given = textOf(args, ['skill', 'command']);
      return given === null ? 'error' : wanted.matches(given.trim()) || wanted.matches(given.trim().split(/\s/)[0] ?? '');
    },
  };
}
