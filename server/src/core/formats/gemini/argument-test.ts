// What a rule asks of the arguments: the beginning of a command, or a regular expression over the arguments as JSON.
import { RE2JS } from 're2js';
import type { ArgumentTest, ArgumentValues, TestResult } from '../permissions';
import type { GeminiRule } from './read-rules';

const MAX_PATTERN = 500;
const MAX_JSON = 100_000;

/** A question about a call whose arguments are these. */
export type Question = (args: ArgumentValues) => TestResult;

export interface Asked {
  readonly question: Question;
  readonly words: string;
  /** tells it apart from others */
  readonly key: string;
  /** it reads the command alone, so that a call without one cannot be told */
  readonly command: boolean;
  readonly examples: readonly string[];
  /** where it asks for nothing but the beginning of the command: up to the end of a word, one of these */
  readonly prefixes: readonly string[] | null;
}

/** Null where the rule asks nothing. */
export function askedOf({ prefixes, regex, argsPattern, annotations }: Pick<GeminiRule, 'prefixes' | 'regex' | 'argsPattern' | 'annotations'>): Asked | null {
  if (annotations) return { key: 'annotations', words: 'the server says of the tool what `toolAnnotations` asks', command: false, examples: [], prefixes: null, question: () => 'unknown' };
  if (prefixes.length > 0) return {
    key: `prefix ${prefixes.join(' | ')}`, words: `\`args.command\` begins with ${prefixes.map((prefix) => `\`${prefix}\``).join(' or ')}`, command: true, examples: prefixes, prefixes,
    question: ({ command }) => (typeof command === 'string' ? prefixes.some((prefix) => beginsWith(command, prefix)) : 'error'),
  };
  if (regex !== null) return patternOf(`"command":"${regex}`, `regex ${regex}`, `\`args.command\` matches \`${regex}\``, true);
  return argsPattern === null ? null : patternOf(argsPattern, `args ${argsPattern}`, `the arguments as JSON match \`${argsPattern.replaceAll('\0', '')}\``, false);
}

/** Up to the end of a word. */
export const beginsWith = (command: string, prefix: string): boolean => command.startsWith(prefix) && (command.length === prefix.length || /[ "]/.test(command[prefix.length] ?? ''));

/** Patterns are tried on the JSON of the arguments, as the tool does. */
function patternOf(source: string, key: string, words: string, command: boolean): Asked {
  const pattern = compile(source.replaceAll('\0', ''));
  return {
    key, words, command, examples: [], prefixes: null,
    question(args) {
      if (command && typeof args.command !== 'string') return 'error';
      if (!pattern) return 'unknown';
      const json = JSON.stringify(sorted(args, 0));
      return json.length > MAX_JSON ? 'unknown' : pattern.test(json);
    },
  };
}

function compile(source: string): RE2JS | null {
  if (source.length > MAX_PATTERN || /\{\d{3,}/.test(source) || (source.match(/\{\d/g)?.length ?? 0) > 8) return null;
  try {
    return RE2JS.compile(source);
  } catch {
    return null;
  }
}

/** For tools other than the shell. */
export const argumentTest = ({ key, words, command, question, examples }: Asked): ArgumentTest => ({ key: `gemini ${key}`, words, args: command ? ['command'] : [], ...(examples.length > 0 ? { examples } : {}), test: question });

/** Keys in order, as the tool compares them. */
function sorted(value: unknown, depth: number): unknown {
  if (depth > 20 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted((value as ArgumentValues)[key], depth + 1)]));
}
