// Hooks: which commands run at which event, and for which tools.
import { pairOf, resolve, valueOf, type Node } from '../../yaml';
import { spannedText } from '../fields';
import type { Spanned } from '../format';
import { calledBy, isBeforeCall, matcherOf, type ForeignHook, type HookScope } from '../hook';

export interface Hook {
  readonly event: string;
  readonly matcher: Spanned<string> | null;
  /** what it runs: `command`, or the variants for one platform or shell */
  readonly commands: readonly Spanned<string>[];
}

const COMMANDS = ['command', 'bash', 'powershell', 'windows', 'linux', 'osx'];

/** The hooks under a map of events: groups with a matcher, or the commands at once. */
export function readHooks(node: Node | null): readonly Hook[] {
  const events = resolve(node);
  if (events?.kind !== 'map') return [];
  return events.pairs.flatMap(({ key, value }) => {
    const groups = resolve(value);
    if (groups?.kind !== 'seq') return [];
    return groups.items.map((group): Hook => {
      const inner = valueOf(group, 'hooks');
      const runs = inner?.kind === 'seq' ? inner.items : [group];
      return {
        event: key.text, matcher: spannedText(pairOf(group, 'matcher')?.value),
        commands: runs.flatMap((run) => COMMANDS.flatMap((name) => spannedText(valueOf(run, name)) ?? [])),
      };
    });
  });
}

/** Whether a matcher is written as a permission rule is, and so matches the name of no tool: `Bash(git push:*)`. As a regular expression `Bash(.*)` is sound. */
export const isRuleSyntax = (matcher: string): boolean => matcher.split('|').some((part) => {
  const inside = /^\s*[A-Za-z_]\w*\(([^()]*)\)\s*$/.exec(part)?.[1];
  return inside !== undefined && (/[\s:/]/.test(inside) || /(?:^|[^.\])])\*/.test(inside));
});

/** Those that run before a tool is called. `program`: whose names of tools the matchers speak; VS Code runs hooks for every tool, whatever their matcher. */
export function hooksBefore(hooks: readonly Hook[], program: string, scope: HookScope): readonly ForeignHook[] {
  return hooks.flatMap(({ event, matcher, commands }): ForeignHook[] => {
    const span = matcher?.span ?? commands[0]?.span;
    if (!isBeforeCall(event) || !span || commands.length === 0) return [];
    const never = matcher !== null && isRuleSyntax(matcher.value);
    const fits = matcherOf(matcher?.value ?? null);
    return [{ event, span, scope, matches: (tool, format) => format === 'vscode-agent' || (!never && calledBy(program, tool).some(fits)) }];
  });
}
