// Permissions of other tools for the small worlds: few rules over shell lines and paths, some of which meet in one line.
import fc from 'fast-check';

export type Foreign =
  | { readonly kind: 'claude'; readonly path: string; readonly rules: readonly ClaudeRule[]; readonly mode: string | undefined }
  | { readonly kind: 'gemini' | 'codex'; readonly path: string; readonly rules: readonly string[] }
  | { readonly kind: 'subagent'; readonly path: string; readonly name: string; readonly tools: readonly string[] };

interface ClaudeRule {
  readonly list: 'allow' | 'ask' | 'deny';
  readonly rule: string;
}

/** Lines that some of the rules below tell apart: single commands, several in a line, wrapped, substituted, redirected. */
export const LINES = ['git status', 'git push origin', 'git push', 'rm -rf x', 'npm run test', 'npm run test:unit -- --watch', 'make', 'git log && rm x', 'git status; git push', 'npm run test | tee out', 'cat .env', 'FOO=1 git status', 'git log > out', 'bash -c "rm x"', 'echo $(git push)', 'git pushy', 'sudo rm x'] as const;
export const PATHS = ['src/a.ts', '.env', 'lib/x', 'src/../.env', '/etc/passwd'] as const;

const some = <T>(values: readonly T[], most: number): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });

const CLAUDE = ['Bash(git:*)', 'Bash(git push:*)', 'Bash(git status)', 'Bash(rm:*)', 'Bash(npm run test:*)', 'Bash', 'Bash(git *)', 'Bash(* x)', 'Read', 'Read(./src/**)', 'Read(./.env)', 'Edit(./src/**)', 'mcp__pay', 'mcp__pay__refund', 'WebFetch'];
const rule: fc.Arbitrary<ClaudeRule> = fc.record({ list: fc.constantFrom('allow', 'allow', 'ask', 'deny'), rule: fc.constantFrom(...CLAUDE) });
const claude = (path: string): fc.Arbitrary<Foreign> => fc.record({ kind: fc.constant('claude' as const), path: fc.constant(path), rules: fc.array(rule, { minLength: 1, maxLength: 4 }), mode: fc.constantFrom(undefined, undefined, undefined, undefined, 'acceptEdits', 'plan') });

const GEMINI = ['', 'commandPrefix = "git"\n', 'commandPrefix = "git push"\n', 'commandPrefix = "rm"\n', 'commandPrefix = ["npm run test", "make"]\n'].flatMap((more) => ['allow', 'ask_user', 'deny'].flatMap((decision) => [100, 200].map((priority) => `toolName = "run_shell_command"\n${more}decision = "${decision}"\npriority = ${priority}\n`)));
const gemini: fc.Arbitrary<Foreign> = fc.record({ kind: fc.constant('gemini' as const), path: fc.constant('ci/p.toml'), rules: some([...GEMINI, 'toolName = "read_file"\ndecision = "deny"\npriority = 150\n', 'mcpName = "pay"\ndecision = "allow"\npriority = 150\n', 'mcpName = "*"\ndecision = "deny"\npriority = 120\n'], 4) });

const CODEX = ['["git", "push"]', '["git"]', '["rm"]', '["npm", "run", ["test", "lint"]]'].flatMap((pattern) => ['allow', 'prompt', 'forbidden'].map((decision) => `prefix_rule(pattern = ${pattern}, decision = "${decision}")\n`));
const codex: fc.Arbitrary<Foreign> = fc.record({ kind: fc.constant('codex' as const), path: fc.constant('.codex/rules/p.rules'), rules: some(CODEX, 3) });

const subagent: fc.Arbitrary<Foreign> = fc.record({ kind: fc.constant('subagent' as const), path: fc.constant('.claude/agents/helper.md'), name: fc.constant('helper'), tools: some(['Bash', 'Read', 'mcp__pay__refund', 'mcp__pay'], 3) });

/** Files of one or two tools. */
export const foreignFiles: fc.Arbitrary<readonly Foreign[]> = fc.oneof(
  { weight: 4, arbitrary: claude('.claude/settings.json').map((one) => [one]) }, { weight: 3, arbitrary: fc.tuple(claude('.claude/settings.json'), subagent) },
  { weight: 1, arbitrary: fc.tuple(claude('.claude/settings.json'), claude('.claude/settings.local.json')) }, { weight: 2, arbitrary: gemini.map((one) => [one]) }, { weight: 2, arbitrary: codex.map((one) => [one]) },
  { weight: 1, arbitrary: fc.tuple(claude('.claude/settings.json'), gemini) },
);

/** The same files with a rule more, one less, or one of another effect or text. */
export function edited(files: readonly Foreign[], others: readonly Foreign[], at: number): readonly Foreign[] {
  const [one, ...rest] = files;
  const other = others.find((file) => file.kind === one?.kind);
  if (!one) return others;
  if (one.kind === 'subagent') return [{ ...one, tools: other?.kind === 'subagent' ? other.tools : ['Read'] }, ...rest];
  if (one.kind === 'claude') {
    const more = other?.kind === 'claude' ? other.rules.slice(0, 1) : [{ list: 'ask', rule: 'Bash(git push:*)' } as const];
    const changed = at % 3 === 0 ? [...one.rules, ...more] : at % 3 === 1 ? one.rules.slice(1) : one.rules.map((made, index): ClaudeRule => (index === 0 ? { ...made, list: made.list === 'deny' ? 'ask' : 'deny' } : made));
    return [{ ...one, rules: changed }, ...rest];
  }
  const more = other && 'rules' in other && other.kind !== 'claude' ? other.rules.slice(0, 1) : [];
  return [{ ...one, rules: at % 3 === 0 ? [...one.rules, ...more] : at % 3 === 1 ? one.rules.slice(1) : [...more, ...one.rules.slice(1)] } as Foreign, ...rest];
}

export function foreignText(file: Foreign): string {
  switch (file.kind) {
    case 'claude': {
      const list = (name: ClaudeRule['list']): string[] => file.rules.flatMap((one) => (one.list === name ? [one.rule] : []));
      return JSON.stringify({ permissions: { allow: list('allow'), ask: list('ask'), deny: list('deny'), ...(file.mode ? { defaultMode: file.mode } : {}) } });
    }
    case 'gemini':
      return file.rules.map((text) => `[[rule]]\n${text}`).join('\n');
    case 'codex':
      return file.rules.join('');
    case 'subagent':
      return `---\nname: ${file.name}\ndescription: Helps.\ntools: ${file.tools.join(', ')}\n---\nHelp.\n`;
  }
}
