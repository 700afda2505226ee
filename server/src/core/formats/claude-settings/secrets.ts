// Secrets in rules that were saved together with the command that held them.
import { findSecret, isSecretName, type FoundSecret } from '../mcp/secrets';

/** The first secret of a rule's text. */
export const secretInRule = (text: string): FoundSecret | null => findSecret(null, text) ?? inCommand(text);

const MAX_SECRETS = 20;
const MAX = 20_000;

/** A rule as it may be shown: what is secret in it is left out. */
export function redacted(text: string): string {
  if (text.length > MAX) return `${text.slice(0, 20)}…`;
  let shown = text;
  for (let guard = 0; guard < MAX_SECRETS; guard++) {
    const found = secretInRule(shown);
    if (!found) return shown;
    shown = `${shown.slice(0, found.start)}…${shown.slice(found.end)}`;
  }
  return `${text.slice(0, 20)}…`;
}

/** Values that stand for one. */
const NO_SECRET = /[$<>{}*%]|^(?:pass(?:word|wd)?|pwd|secret|admin|root|postgres|mysql|test|dev|local|example|changeme|change_me|your\w*|xxx+|redacted|\.+)\d{0,3}$/i;

/** `NAME=value` with a name for secrets, and addresses with a password in them. */
function inCommand(command: string): FoundSecret | null {
  for (const match of command.matchAll(/(?:^|[\s"'(;])([A-Za-z_]\w{1,60})=(["']?)([^\s"';)]{6,400})/g)) {
    const [all, name = '', , value = ''] = match;
    const password = /(?:PASSWORD|PASSWD|PGPASS|_PWD)$/i.test(name);
    if ((!password && !isSecretName(name)) || NO_SECRET.test(value)) continue;
    const end = match.index + all.length;
    if (password) return { start: end - value.length, end, what: 'a password' };
    const found = findSecret(name, value);
    if (found) return { start: end - value.length + found.start, end: end - value.length + found.end, what: found.what };
  }
  for (const match of command.matchAll(/[a-z][a-z0-9+.-]{1,30}:\/\/[^\s"']{5,400}/gi)) {
    const found = findSecret(null, match[0]);
    if (found) return { start: match.index + found.start, end: match.index + found.end, what: found.what };
  }
  return null;
}
