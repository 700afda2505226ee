// The findings of Codex files, one line each.
import type { FormatRule, FormatRuleInfo } from '../../rule';
import { secretRule, type SecretSubject } from '../../secret-rule';
import type { CodexConfig } from '../config';
import type { PrefixRules } from '../prefix-rules';
import { exampleFails } from './example-fails';
import { fullAccess } from './full-access';
import { ignoredInProject } from './ignored-in-project';
import { interpreterEscape } from './interpreter-escape';
import { notAllowed, requirementRules, type WholeSubject } from './requirements';
import { saysOtherwise } from './says-otherwise';
import { unknownDecision } from './unknown-decision';

const server = (key: string): string => `[mcp_servers.tickets]\ncommand = "tickets-server"\n\n[mcp_servers.tickets.http_headers]\nX-API-Key = "${key}"\n`;

export const configRules: readonly FormatRule<CodexConfig & SecretSubject>[] = [
  fullAccess,
  ignoredInProject,
  secretRule('codex', 'Name a variable in `bearer_token_env_var` or `env_http_headers`.', { path: '.codex/config.toml', text: server('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: '.codex/config.toml', text: server('${TICKETS_KEY}') }),
];

export const ruleRules: readonly FormatRule<PrefixRules>[] = [
  exampleFails,
  unknownDecision,
  interpreterEscape,
  saysOtherwise,
];

export { requirementRules };

/** Of files together. */
export const wholeRules: readonly FormatRule<WholeSubject>[] = [notAllowed];

export const rules: readonly FormatRuleInfo[] = [...configRules, ...ruleRules, ...requirementRules, ...wholeRules];
