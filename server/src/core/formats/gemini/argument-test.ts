// What a rule asks of the arguments: the beginning of a command, or a regular expression over the arguments as JSON.
import { RE2JS } from 're2js';
import { splitCommands } from '../shell';
import type { ArgumentTest, ArgumentValues, PermissionEffect, TestResult } from '../permissions';
import type { GeminiRule } from './read-rules';

const MAX_PATTERN = 500;
const MAX_JSON = 100_000;

/** Null where the rule asks nothing. */
export function argumentTest(rule: GeminiRule, effect: PermissionEffect): ArgumentTest | null {
  const { prefixes, regex, argsPattern } = rule;
  if (rule.annotations) return { key: 'gemini annotations', words: 'the server says of the tool what `toolAnnotations` asks', args: [], test: () => 'unknown' };
  if (prefixes.length > 0) return {
    key: `gemini prefix ${effect} ${rule.allowRedirection} ${prefixes.join(' | ')}`, words: `\`args.command\` begins with ${prefixes.map((prefix) => `\`${prefix}\``).join(' or ')}`, args: ['command'],
    test: ({ command }) => commandTest(command, effect, rule.allowRedirection, (text) => prefixes.some((prefix) => text === prefix || (text.startsWith(prefix) && /[\s"]/.test(text[prefix.length] ?? '')))),
  };
  if (regex !== null) {
    const pattern = compile(`^(?:${regex})`);
    return { key: `gemini regex ${effect} ${regex}`, words: `\`args.command\` matches \`${regex}\``, args: ['command'], test: ({ command }) => (pattern ? commandTest(command, effect, rule.allowRedirection, (text) => pattern.test(text)) : 'unknown') };
  }
  if (argsPattern === null) return null;
  const pattern = compile(argsPattern.replaceAll('\0', ''));
  return { key: `gemini args ${argsPattern}`, words: `the arguments as JSON match \`${argsPattern.replaceAll('\0', '')}\``, args: [], test: (args) => jsonTest(args, pattern) };
}

function compile(source: string): RE2JS | null {
  if (source.length > MAX_PATTERN || /\{\d{3,}/.test(source) || (source.match(/\{\d/g)?.length ?? 0) > 8) return null;
  try {
    return RE2JS.compile(source);
  } catch {
    return null;
  }
}

/** A line of several commands is allowed where each is; one of them is enough to ask or to deny. A redirection turns an allow into a question. */
function commandTest(command: unknown, effect: PermissionEffect, redirect: boolean, fits: (text: string) => boolean): TestResult {
  if (typeof command !== 'string') return 'error';
  const line = splitCommands(command);
  const hits = line.commands.filter(({ text }) => fits(text));
  if (effect !== 'allow') return hits.length > 0 || fits(command);
  if (hits.length === 0 || !line.sound) return false;
  if (!redirect && line.commands.some((one) => one.redirects.length > 0)) return false;
  return hits.length === line.commands.length;
}

function jsonTest(args: ArgumentValues, pattern: RE2JS | null): TestResult {
  if (!pattern) return 'unknown';
  const json = JSON.stringify(sorted(args, 0));
  return json.length > MAX_JSON ? 'unknown' : pattern.test(json);
}

/** Keys in order, as the tool compares them. */
function sorted(value: unknown, depth: number): unknown {
  if (depth > 20 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted((value as ArgumentValues)[key], depth + 1)]));
}
