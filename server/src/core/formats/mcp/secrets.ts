// Telling a committed secret from a placeholder: by the shape that issuers give their keys, or by name and randomness.

interface Shape {
  readonly what: string;
  readonly pattern: RegExp;
}

const SHAPES: readonly Shape[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/ },
  { what: 'an Anthropic API key', pattern: /\bsk-ant-[\w-]{20,200}/ },
  { what: 'an OpenAI API key', pattern: /\bsk-(?:proj-|svcacct-)[\w-]{20,200}|\bsk-[A-Za-z0-9]{32,64}\b/ },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{30,255}|\bgithub_pat_[A-Za-z0-9_]{30,255}/ },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,60}/ },
  { what: 'a Slack token', pattern: /\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{15,200}/ },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,60}/ },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,200}/ },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/ },
  { what: 'a Linear API key', pattern: /\blin_api_[A-Za-z0-9]{30,60}/ },
  { what: 'a Notion token', pattern: /\bntn_[A-Za-z0-9]{40,60}/ },
  { what: 'a signed token (JWT)', pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,2000}/ },
];

const SECRET_NAME = /(?:^|[_.\s-])(?:token|secret|passwo?r?d|passwd|pwd|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|auth|authorization|credentials?|bearer)$/i;
/** References to variables, and what people write where a value is to come. */
const PLACEHOLDER =
  /\$[A-Za-z_{(]|\{\{|[<>]|%[A-Za-z_]+%|\.\.\.|…|\*\*\*|xxx|your|example|placeholder|change[-_ ]?me|replace|redacted|dummy|sample|insert|enter[-_ ]|fake|todo|test|demo|1234567|abcdef|qwerty|deadbeef|(.)\1{5}/i;
const PLAIN_WORD = /token|secret|passw|api[-_ ]?key|access[-_ ]?key|[a-z]{9}|^[A-Z][A-Z0-9_]*$/;
const COMMON_PASSWORD = /^(?:pass(?:word|wd)?|pwd|secret|admin|root|user(?:name)?|guest|postgres|mysql|mongo|redis|neo4j|sa)\d{0,4}$/i;

export interface FoundSecret {
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

/** The secret within `text` from `from` on, or null. `name` is what the value is called: a variable, a header, an option. */
export function findSecret(name: string | null, text: string, from = 0): FoundSecret | null {
  const value = text.slice(from);
  for (const { what, pattern } of SHAPES) {
    const match = pattern.exec(value);
    if (!match || PLACEHOLDER.test(match[0])) continue;
    if (entropy(match[0]) > 3 || match[0].startsWith('-----')) return { start: from + match.index, end: from + match.index + match[0].length, what };
  }
  const inUrl = passwordInUrl(value);
  if (inUrl) return { start: from + inUrl.start, end: from + inUrl.end, what: inUrl.what };
  if (name === null || !isSecretName(name)) return null;
  const scheme = /^(?:Bearer|Basic|Token|ApiKey)\s+/i.exec(value)?.[0].length ?? 0;
  return looksRandom(value.slice(scheme)) ? { start: from + scheme, end: text.length, what: `what looks like a secret` } : null;
}

export const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));

/** `scheme://user:password@host` and `?api_key=...`, but not for a server on the same machine. */
function passwordInUrl(value: string): FoundSecret | null {
  const user = /^([a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@?#]{0,200}:)([^\s/@?#]{8,200})@([^\s/:?#@]+)/i.exec(value);
  if (user) {
    const [, before = '', password = '', host = ''] = user;
    const local = /^(?:localhost|127\.[\d.]+|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)$/i.test(host) || !host.includes('.');
    const plain = PLACEHOLDER.test(password) || COMMON_PASSWORD.test(password) || PLACEHOLDER.test(host);
    if (!local && !plain && new Set(password).size >= 5) {
      return { start: before.length, end: before.length + password.length, what: 'a password' };
    }
  }
  if (!/^(?:https?|wss?):\/\//i.test(value)) return null;
  for (const match of value.matchAll(/[?&]([\w.-]{1,60})=([^&#\s]{1,500})/g)) {
    const [all, name = '', secret = ''] = match;
    if (!/^key$/i.test(name) && !isSecretName(name)) continue;
    if (looksRandom(secret)) return { start: match.index + all.length - secret.length, end: match.index + all.length, what: 'what looks like a secret' };
  }
  return null;
}

/** Long, of letters and digits without words in it, and no placeholder. */
function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > 4_000 || /[\s/\\]{2}|\s|:\/\/|^[~./]/.test(value)) return false;
  if (PLACEHOLDER.test(value) || PLAIN_WORD.test(value)) return false;
  return /[A-Za-z]/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 2 && entropy(value) >= 3;
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}
