// Commands that Codex knows to be safe and runs without a question, whatever the policy; some only with certain options, which is not told apart here.
import type { TestResult } from '../permissions';

const SAFE: ReadonlySet<string> = new Set(['cat', 'cd', 'cut', 'echo', 'expr', 'false', 'grep', 'head', 'id', 'ls', 'nl', 'paste', 'pwd', 'rev', 'seq', 'stat', 'tail', 'tr', 'true', 'uname', 'uniq', 'wc', 'which', 'whoami']);
const SOMETIMES: ReadonlySet<string> = new Set(['base64', 'find', 'git', 'rg', 'sed', 'numfmt', 'tac']);

/** Whether commands of the program may be safe. */
export const maybeSafe = (program: string): boolean => SAFE.has(program) || SOMETIMES.has(program);

/** Of all commands of a line together. */
export function isKnownSafe(commands: readonly (readonly string[])[]): TestResult {
  const programs = commands.map(([program = '']) => program);
  if (programs.length === 0 || !programs.every(maybeSafe)) return false;
  return programs.every((program) => SAFE.has(program)) ? true : 'unknown';
}
