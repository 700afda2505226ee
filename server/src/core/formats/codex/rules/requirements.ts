// What an administrator requires, and what it makes of the rest.
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { CodexConfig } from '../config';
import { patternText } from '../prefix-rules';
import type { Requirements } from '../requirements';
import { chosen } from '../permissions';

export interface RequirementsSubject extends Requirements {
  /** it stands where nobody reads it */
  readonly ignored: boolean;
}

const example = (decision: string): string => `allowed_approval_policies = ["untrusted", "on-request"]

[rules]
prefix_rules = [{ pattern = [{ token = "git" }, { any_of = ["push", "fetch"] }]${decision} }]
`;

const looseRule: FormatRule<RequirementsSubject> = {
  code: 'format/codex/loose-requirement',
  severity: 'error',
  title: 'A requirement that allows',
  documentation: `Rules in \`requirements.toml\` only restrict: each says \`prompt\` or \`forbidden\`. With \`allow\`, with another word, or without a decision the requirements fail to load.

**Evidence:** the documentation of managed configuration of Codex, and the message that its loader gives.

**Mend it:** write \`prompt\` or \`forbidden\`; what is to be allowed belongs in a \`.rules\` file.`,
  bad: { path: 'codex/requirements.toml', text: example(', decision = "allow"') },
  good: { path: 'codex/requirements.toml', text: example(', decision = "forbidden"') },
  check({ rules }, report) {
    for (const { decision, effect, at, pattern } of rules) {
      if (effect === 'deny' || effect === 'require_approval') continue;
      const what = decision === null ? 'has no decision' : `decides \`${decision.value}\``;
      report({ span: decision?.span ?? at, message: `The rule for \`${patternText(pattern)}\` ${what}, and requirements only restrict: they fail to load. Write \`prompt\` or \`forbidden\`.` });
    }
  },
};

const unread: FormatRule<RequirementsSubject> = {
  code: 'format/codex/requirements-not-read',
  severity: 'warning',
  title: 'Requirements where nobody reads them',
  documentation: `Requirements come from an administrator: from the cloud, from the device's management, or from \`/etc/codex/requirements.toml\`. In a project's \`.codex\` folder the file is not read, so that nothing of it holds.

**Evidence:** the documentation of managed configuration of Codex ("Locations and precedence").

**Mend it:** have it put in place by whoever manages the machines; in the project set \`approval_policy\`, \`sandbox_mode\` and \`.codex/rules\`.`,
  bad: { path: '.codex/requirements.toml', text: example(', decision = "forbidden"') },
  good: { path: 'managed/requirements.toml', text: example(', decision = "forbidden"') },
  check({ ignored, root }, report) {
    if (ignored) report({ span: spanOf(root.pairs[0]?.key ?? root), message: 'Codex does not read requirements from a project, so nothing of this file holds. They belong in `/etc/codex/requirements.toml`, put there by an administrator.' });
  },
};

export const requirementRules: readonly FormatRule<RequirementsSubject>[] = [looseRule, unread];

export interface WholeSubject {
  readonly config: CodexConfig;
  readonly requirements: readonly Requirements[];
}

const whole = (approval: string): string => `approval_policy = "${approval}"\nsandbox_mode = "workspace-write"\n#- requirements.toml\nallowed_approval_policies = ["untrusted", "on-request"]\n`;

export const notAllowed: FormatRule<WholeSubject> = {
  code: 'format/codex/not-allowed-here',
  severity: 'warning',
  title: 'A setting that the requirements do not allow',
  documentation: `An administrator's \`requirements.toml\` names the values that may be chosen. For any other Codex takes one of those in its place and says so when it starts, so what this file says does not hold.

**Evidence:** the documentation of managed configuration of Codex.

**Mend it:** choose one of the values that the requirements name.`,
  bad: { path: '.codex/config.toml', text: whole('never') },
  good: { path: '.codex/config.toml', text: whole('on-request') },
  check({ config, requirements }, report) {
    const [approvals] = requirements.flatMap((one) => one.approvals ?? []);
    const [sandboxes] = requirements.flatMap((one) => one.sandboxes ?? []);
    for (const [setting, allowed, name] of [[config.approval, approvals, 'approval_policy'], [config.sandbox, sandboxes, 'sandbox_mode']] as const) {
      if (!setting || !allowed || allowed.values.length === 0 || allowed.values.includes(setting.value)) continue;
      report({ span: setting.span, message: `\`requirements.toml\` does not allow \`${name} = "${setting.value}"\`, so \`${chosen(setting.value, [allowed]) ?? ''}\` is taken. It allows ${allowed.values.map((value) => `\`${value}\``).join(', ')}.` });
    }
  },
};
