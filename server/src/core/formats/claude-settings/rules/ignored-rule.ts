// Rules that Claude Code skips when it loads the file.
import { compileRule } from '../compile';
import { judgeOf } from '../judge';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { isMcpName } from '../rule-text';
import { KNOWN, UNCONSULTED } from '../tools';

/** For those who only want to know whether a rule counts. */
export const noJudge = judgeOf([], [], false, false);

export const ignoredRule: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/ignored-rule',
  severity: 'warning',
  title: 'Claude Code skips this rule',
  documentation: `Claude Code skips rules that it cannot read, mostly without anybody noticing: text that is neither \`Tool\` nor \`Tool(...)\`, an \`allow\` with a \`*\` in the name of the
tool (it may stand only behind a literal \`mcp__server__\`), anything in brackets behind \`mcp__...\`, and a tool's main argument given as a parameter (\`Bash(command:rm *)\`). A skipped \`deny\` denies nothing.

**Evidence:** Claude Code's page on permissions.

**Mend it:** write the rule in the form that its tool has: \`Bash(rm *)\`, \`Read(./path)\`, \`WebFetch(domain:example.com)\`, \`mcp__server__tool\`.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Bash(command:rm *)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Bash(rm *)"] } }' },
  check({ settings: { rules } }, report) {
    for (const rule of rules) {
      const { ignored } = compileRule(rule, noJudge, 'require_approval');
      if (ignored === null || (rule.parsed !== null && rule.parsed.specifier !== null && UNCONSULTED.has(rule.parsed.tool))) continue;
      // a name that is nearly a tool's is reported by itself
      if (rule.parsed && !KNOWN.has(rule.parsed.tool) && !isMcpName(rule.parsed.tool) && !rule.parsed.tool.includes('*')) continue;
      report({ span: rule.span, message: ignored });
    }
  },
};
