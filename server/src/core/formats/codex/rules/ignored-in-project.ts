// Keys that a project's configuration cannot set.
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { CodexConfig } from '../config';

const IGNORED: ReadonlySet<string> = new Set(['model_provider', 'model_providers', 'notify', 'otel', 'profile', 'profiles', 'openai_base_url', 'chatgpt_base_url', 'experimental_realtime_ws_base_url']);
/** Keys of an administrator's requirements. */
const REQUIRED: ReadonlySet<string> = new Set(['allowed_approval_policies', 'allowed_sandbox_modes', 'allowed_web_search_modes', 'allow_managed_hooks_only', 'enforce_residency']);
const example = (line: string): { path: string; text: string } => ({ path: '.codex/config.toml', text: `sandbox_mode = "workspace-write"\n${line}\n` });

export const ignoredInProject: FormatRule<Pick<CodexConfig, 'root'>> = {
  code: 'format/codex/ignored-in-project',
  severity: 'warning',
  title: 'A key that a project cannot set',
  documentation: `In a project's \`.codex/config.toml\` the keys for providers and their addresses, notifications, telemetry and profiles are ignored: they would let a repository redirect what the user sends. Logging that is set here is not there.

**Evidence:** the configuration reference of Codex.

**Mend it:** move the key to the user's own configuration, or to managed requirements.`,
  bad: example('[otel]\nenvironment = "production"'),
  good: example('[features]\nweb_search = false'),
  check({ root }, report) {
    for (const { key } of root.pairs) if (REQUIRED.has(key.text)) report({ span: spanOf(key), message: `\`${key.text}\` restricts nothing here: it counts only in an administrator's \`requirements.toml\`.` });
    for (const { key } of root.pairs) if (IGNORED.has(key.text)) report({ span: spanOf(key), message: `\`${key.text}\` is ignored in a project's configuration. Set it in the user's own \`config.toml\`, or in managed requirements.` });
  },
};
