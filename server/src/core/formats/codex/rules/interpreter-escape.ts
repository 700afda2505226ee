// What one rule forbids another lets a program do.
import type { FormatRule } from '../../rule';
import { patternText, type PrefixRules } from '../prefix-rules';

const INTERPRETERS: ReadonlySet<string> = new Set(['python', 'python3', 'node', 'deno', 'bun', 'ruby', 'perl', 'php', 'bash', 'sh', 'zsh', 'pwsh', 'powershell', 'awk', 'env', 'xargs', 'npx', 'uvx', 'npm', 'pnpm', 'yarn']);
const example = (word: string): { path: string; text: string } => ({ path: '.codex/rules/default.rules', text: `prefix_rule(pattern = ["curl"], decision = "forbidden")
prefix_rule(pattern = ["python"${word}], decision = "allow")
` });

export const interpreterEscape: FormatRule<PrefixRules> = {
  code: 'format/codex/interpreter-escape',
  severity: 'warning',
  title: 'A program that may do what is forbidden',
  documentation: `A rule allows an interpreter with whatever arguments while another forbids a command. The interpreter can do the same: \`python -c "import urllib..."\` fetches what \`curl\` may not.

**Evidence:** a public rule file allows \`python\` and \`npm\` beside a forbidden \`curl\`.

**Mend it:** allow the scripts that are needed (\`["python", "scripts/check.py"]\`), or let the interpreter ask.`,
  bad: example(''),
  good: example(', "scripts/check.py"'),
  check({ rules }, report) {
    const forbidden = rules.find((rule) => rule.effect === 'deny');
    if (!forbidden) return;
    for (const { pattern, effect, at } of rules) {
      const program = pattern.length === 1 ? pattern[0]?.find((word) => INTERPRETERS.has(word)) : undefined;
      if (effect !== 'allow' || program === undefined) continue;
      report({ span: at, message: `\`${program}\` may run with any arguments, so it can do what \`${patternText(forbidden.pattern)}\` is forbidden for. Name the scripts, or let it ask.`, related: [{ span: forbidden.at, message: 'forbidden here' }] });
    }
  },
};
