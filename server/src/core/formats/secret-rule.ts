// A finding that formats of any shape can share: a secret in the clear, wherever in the tree it stands.
import type { Problem, Span } from '../text';
import { resolve, scalarMap, type Node } from '../yaml';
import { findSecret } from './mcp/secrets';
import { runRules, type FormatExample, type FormatRule } from './rule';

export interface SecretSubject {
  readonly text: string;
  readonly roots: readonly Node[];
}

const MAX_DEPTH = 60;
const MAX_TEXT = 20_000;

/** `format/<format>/secret-in-clear`. `instead`: how the format takes a secret from elsewhere, as a sentence. */
export function secretRule(format: string, instead: string, bad: FormatExample, good: FormatExample): FormatRule<SecretSubject> {
  return {
    code: `format/${format}/secret-in-clear`,
    severity: 'warning',
    title: 'A secret stands in the file',
    documentation: `A key, token or password is written into the file. Everybody who can read the repository, now or from its history, can use it, and so can every agent that reads the file.

A value is taken for a secret when it has the shape of a known issuer's keys, when it is a password within an address, or when its key says so and it is long and random.
Placeholders, references to variables and addresses of the same machine are not reported. The value is never shown.

**Evidence:** of 29 committed settings files of agents that were read by hand, two held a live token.

**Mend it:** revoke the secret (it stays in the history). Then: ${instead}`,
    bad, good, sensitive: true,
    check({ text, roots }, report) {
      for (const root of roots) for (const { name, span } of secretsIn(text, root)) {
        report({ span, message: `${name === null ? 'A value' : `\`${name}\``} holds a secret in the clear. Whoever can read this file can use it. Revoke it first. ${instead}` });
      }
    },
  };
}

/** What the rule finds beside what others have said of the same places, as those on servers do. */
export function secretProblems(rule: FormatRule<SecretSubject>, subject: SecretSubject, said: readonly Problem[]): readonly Problem[] {
  return runRules([rule], subject).filter(({ span }) => !said.some((other) => other.code.endsWith('/secret-in-clear') && other.span.start <= span.end && span.start <= other.span.end));
}

interface FoundSecretAt {
  readonly name: string | null;
  readonly span: Span;
}

/** What a plain `key` under these is. */
const KEYED = /^(?:backendAuth|apiKeys?|keys|credentials)$/i;

/** Every scalar that holds a secret, with the key that it stands under. */
export function secretsIn(text: string, root: Node): FoundSecretAt[] {
  const found: FoundSecretAt[] = [];
  const seen = new Set<Node>();
  const walk = (node: Node, name: string | null, depth: number, keyed = false): void => {
    const here = resolve(node);
    if (!here || depth > MAX_DEPTH || seen.has(here)) return;
    seen.add(here);
    if (here.kind === 'seq') for (const item of here.items) walk(item, name, depth + 1, keyed);
    // `{ name: API_KEY, value: ... }` is a variable written as a map
    if (here.kind === 'map') {
      const named = here.pairs.find((pair) => pair.key.text === 'name')?.value;
      const variable = named?.kind === 'scalar' ? named.text : null;
      for (const pair of here.pairs) walk(pair.value, pair.key.text === 'value' ? (variable ?? name) : pair.key.text, depth + 1, KEYED.test(name ?? ''));
    }
    if (here.kind !== 'scalar' || typeof here.value !== 'string' || here.text.length > MAX_TEXT) return;
    const secret = findSecret(keyed && name === 'key' ? 'api_key' : name, here.text);
    if (secret) found.push({ name, span: scalarMap(text, here).span(secret.start, secret.end) });
  };
  walk(root, null, 0);
  return found;
}
