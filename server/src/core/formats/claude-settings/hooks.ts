// Hooks: which commands run at which event, and for which tools.
import { pairOf, resolve, valueOf, type Node } from '../../yaml';
import { spannedText } from '../fields';
import type { Spanned } from '../format';

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
