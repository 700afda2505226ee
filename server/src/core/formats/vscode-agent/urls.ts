// `chat.tools.urls.autoApprove`: of the entries that fit an address, the first that says something of the request decides; every address of a call must be approved.
import { resolve, valueOf, type MapNode, type Node } from '../../yaml';
import { spanOf } from '../fields';
import type { Span } from '../../text';
import type { ArgumentTest, ArgumentValues, ForeignRule, TestResult } from '../permissions';
import { urlPattern, type UrlPattern } from './url-pattern';

export interface UrlRule {
  readonly key: string;
  readonly span: Span;
  /** whether the request goes out without a question; null where the entry is only about what comes back */
  readonly approve: boolean | null;
  readonly matches: UrlPattern;
}

export const FETCH = 'tool:vscode/web/fetch';

const truth = (node: Node | null): boolean | null => {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && typeof scalar.value === 'boolean' ? scalar.value : null;
};

/** In the order of the file, which is the order in which they are asked. */
export function urlRules(node: Node | null): UrlRule[] {
  const map = resolve(node);
  if (map?.kind !== 'map') return [];
  return map.pairs.flatMap(({ key, value }): UrlRule[] => {
    const request = truth(value) ?? truth(valueOf(value, 'approveRequest'));
    if (request === null && truth(valueOf(value, 'approveResponse')) === null) return [];
    return [{ key: key.text, span: spanOf(key), approve: request, matches: urlPattern(key.text) }];
  });
}

/** What is said of each tool by name under `chat.tools.eligibleForAutoApproval`. */
export const eligibility = (root: MapNode, key: string): readonly { readonly name: string; readonly span: Span; readonly eligible: boolean }[] => {
  const map = valueOf(root, key);
  return map?.kind === 'map' ? map.pairs.flatMap((pair) => {
    const eligible = truth(pair.value);
    return eligible === null ? [] : [{ name: pair.key.text, span: spanOf(pair.key), eligible }];
  }) : [];
};

/** `everything`: all tools run without a question, so that an entry which asks does not. */
export function urlPermissions(rules: readonly UrlRule[], everything: boolean): ForeignRule[] {
  const asked = rules.filter((rule) => rule.approve !== null);
  return rules.map((rule): ForeignRule => ({
    written: rule.key, span: rule.span, effect: rule.approve === true ? 'allow' : 'require_approval', actions: ['call'], resources: [FETCH], agents: null,
    where: rule.approve === null ? null : testOf(rule, asked),
    ignored: rule.approve === null ? 'It is about what comes back, not about the request.' : !rule.approve && everything ? 'Every tool runs without a question: `chat.tools.global.autoApprove` is on.' : null,
  }));
}

function testOf(rule: UrlRule, all: readonly UrlRule[]): ArgumentTest {
  const approves = rule.approve === true;
  return {
    key: `vscode url ${rule.key} among ${all.map(({ key, approve }) => `${key} ${String(approve)}`).join(', ')}`,
    words: `${approves ? 'every address is approved, and `args.url`' : '`args.url`'} is decided by \`${rule.key.slice(0, 80)}\``,
    args: ['url'], examples: [rule.key.replaceAll('*', 'x')],
    test(args) {
      const urls = addresses(args);
      if (urls === null) return 'error';
      const found = urls.map((url) => decidedBy(url, all));
      if (approves) return allOf([...found.map((one) => (one === 'unknown' ? 'unknown' : one?.approve === true)), anyOf(found.map((one) => (one === 'unknown' ? 'unknown' : one === rule)))]);
      return anyOf(found.map((one) => (one === 'unknown' ? 'unknown' : one === rule)));
    },
  };
}

/** One address, or a list of them as the tool itself is called with. */
function addresses({ url, urls }: ArgumentValues): readonly string[] | null {
  const given = typeof url === 'string' ? [url] : Array.isArray(url) ? url : Array.isArray(urls) ? urls : [];
  return given.length > 0 && given.every((one): one is string => typeof one === 'string') ? given : null;
}

/** The first entry that fits; null where none does. */
function decidedBy(url: string, rules: readonly UrlRule[]): UrlRule | 'unknown' | null {
  for (const rule of rules) {
    const fits = rule.matches(url);
    if (fits === null) return 'unknown';
    if (fits) return rule;
  }
  return null;
}

const allOf = (results: readonly TestResult[]): TestResult => (results.includes(false) ? false : results.includes('unknown') ? 'unknown' : true);
const anyOf = (results: readonly TestResult[]): TestResult => (results.includes(true) ? true : results.includes('unknown') ? 'unknown' : false);
