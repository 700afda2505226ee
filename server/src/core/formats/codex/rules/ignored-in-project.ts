// Keys that a project's configuration cannot set.
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { CodexConfig } from '../config';

const IGNORED: ReadonlySet<string> = new Set(['model_provider', 'model_providers', 'notify', 'otel', 'profile', 'profiles']);
const example = (line: string): { path: string; text: string } => ({ path: '.codex/config.toml', text: `sandbox_mode = "workspace-write"\n${line}\n` });

export const ignoredInProject: FormatRule<Pick<CodexConfig, 'root'>> = {
  code: 'format/codex/ignored-in-project',
  severity: 'warning',
  title: 'A key that a project cannot set',
  documentation: `In a project's \`.codex/config.toml\` the keys for providers, notifications, telemetry and profiles are ignored: they would let a repository redirect what the user sends. Logging that is set here is not there.

**Evidence:** the configuration reference of Codex.

**Mend it:** move the key to the user's own configuration, or to managed requirements.`,
  bad: example('[otel]\nenvironment = "production"'),
  good: example('[features]\nweb_search = false'),
  check({ root }, report) {
    for (const { key } of root.pairs) if (IGNORED.has(key.text)) report({ span: spanOf(key), message: `\`${key.text}\` is ignored in a project's configuration. Set it in the user's own \`config.toml\`, or in managed requirements.` });
  },
};
