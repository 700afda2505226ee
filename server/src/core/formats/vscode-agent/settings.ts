// What `.vscode/settings.json` lets agents do without being asked about: `chat.tools.*` and its like.
import type { Span } from '../../text';
import { pairOf, valueOf, type MapNode } from '../../yaml';
import { isBoolean, spanOf } from '../fields';
import { STRICTEST, toolRule, type ForeignPermissions, type ForeignRule } from '../permissions';
import { toolPatterns } from './tool-names';
import { RUN, readsOnly, terminalPermissions, terminalRules, type TerminalRule } from './terminal';
import { EDIT, editPermissions, editRules, type EditRule } from './edits';
import { FETCH, eligibility, urlPermissions, urlRules, type UrlRule } from './urls';

export interface ApprovalSettings {
  readonly everything: Span | null;
  readonly terminal: readonly TerminalRule[];
  readonly ignoreDefaults: boolean;
  readonly terminalOff: boolean;
  readonly urls: readonly UrlRule[];
  readonly edits: readonly EditRule[];
  /** tools that a person must always approve, as written */
  readonly manual: readonly { readonly name: string; readonly span: Span }[];
  readonly root: MapNode;
}

export const TERMINAL = 'chat.tools.terminal.autoApprove';
export const URLS = 'chat.tools.urls.autoApprove';
export const GLOBAL = 'chat.tools.global.autoApprove';
const EDITS = 'chat.tools.edits.autoApprove';
const ELIGIBLE = 'chat.tools.eligibleForAutoApproval';

/** True where the file says anything of what agents may do. */
export const speaksOfApproval = (text: string): boolean => /"chat\.(?:tools\.(?:global|terminal|urls|edits|eligibleForAutoApproval)|permissions\.default|agent\.sandbox|mcp\.access)/.test(text);

export function readApprovals(root: MapNode): ApprovalSettings {
  const everything = pairOf(root, GLOBAL);
  return {
    root,
    everything: everything && isBoolean(everything.value, true) ? spanOf(everything.key) : null,
    terminal: terminalRules(valueOf(root, TERMINAL)),
    ignoreDefaults: isBoolean(pairOf(root, 'chat.tools.terminal.ignoreDefaultAutoApproveRules')?.value ?? null, true),
    terminalOff: isBoolean(pairOf(root, 'chat.tools.terminal.enableAutoApprove')?.value ?? null, false),
    urls: urlRules(valueOf(root, URLS)),
    edits: editRules(valueOf(root, EDITS)),
    // true is what holds anyway: it approves nothing
    manual: eligibility(root, ELIGIBLE).filter(({ eligible }) => !eligible),
  };
}

/** Null where the file neither approves nor asks for anything. */
export function approvalPermissions({ everything, terminal, ignoreDefaults, terminalOff, urls, edits, manual }: ApprovalSettings, under: string): ForeignPermissions | null {
  const always = manual.map(({ name, span }): ForeignRule => toolRule(name, span, 'require_approval', toolPatterns(name, new Set()).patterns));
  const files = editPermissions(edits, everything !== null);
  const rules = [...always, ...terminalPermissions(terminal, terminalOff, everything !== null), ...urlPermissions(urls, everything !== null), ...files.rules];
  if (everything === null && rules.length === 0) return null;
  const span = everything ?? rules[0]?.span ?? null;
  const covers = [...new Set([...(terminal.length > 0 ? [RUN] : []), ...(urls.length > 0 ? [FETCH] : []), ...(edits.length > 0 ? [EDIT] : []), ...always.flatMap(({ resources }) => resources)])];
  const reads: ForeignRule = { written: 'commands that only read', span: span ?? { start: 0, end: 0 }, effect: 'allow', actions: ['call'], resources: [RUN], agents: null, where: readsOnly, ignored: null };
  return {
    family: 'vscode', governs: { kind: 'tool', formats: ['vscode-agent'], under, implicit: 'vscode' }, order: STRICTEST, covers: everything === null ? covers : ['tool:*'], rules, unknown: [],
    default: everything !== null ? { effect: 'allow', otherwise: [], words: 'No rule is for this, and `chat.tools.global.autoApprove` lets every tool run without being asked about.', span: everything, rank: 1 }
      : { effect: 'require_approval', otherwise: [...(ignoreDefaults || terminalOff || terminal.length === 0 ? [] : [reads]), ...files.otherwise], words: 'No rule is for this: a person is asked before it happens.', span, rank: 1 },
  };
}
