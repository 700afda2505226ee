// Nothing confines the agent and nobody is asked.
import { valueOf } from '../../../yaml';
import type { FormatRule } from '../../rule';
import type { CodexConfig } from '../config';

const example = (mode: string): { path: string; text: string } => ({ path: '.codex/config.toml', text: `approval_policy = "never"\nsandbox_mode = "${mode}"\n` });

export const fullAccess: FormatRule<Pick<CodexConfig, 'approval' | 'sandbox' | 'root'>> = {
  code: 'format/codex/full-access',
  severity: 'warning',
  title: 'No sandbox is committed',
  documentation: `\`sandbox_mode = "danger-full-access"\` lets every command read, write and connect as the user can, for everybody who trusts the repository. With \`approval_policy = "never"\` nobody is even asked.

**Evidence:** the configuration reference of Codex; a project's \`config.toml\` counts once the folder is trusted.

**Mend it:** use \`workspace-write\` with \`network_access\` where it is needed, and keep full access in a profile of one's own.`,
  bad: example('danger-full-access'),
  good: example('workspace-write'),
  check({ approval, sandbox, root }, report) {
    if (sandbox?.value !== 'danger-full-access') return;
    const profile = valueOf(root, 'default_permissions') !== null;
    const never = approval?.value === 'never' ? ' and `approval_policy` asks nobody' : '';
    report({ span: sandbox.span, message: `Every command may read, write and connect as the user can${never}. Use \`${profile ? ':workspace' : 'workspace-write'}\`.`, ...(profile ? {} : { fixes: [{ title: 'Use `workspace-write`', safe: false, edits: [{ span: sandbox.span, newText: '"workspace-write"' }] }] }) });
  },
};
