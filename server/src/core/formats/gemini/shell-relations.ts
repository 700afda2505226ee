// Which answers to two questions of Gemini about one command line exclude each other: one rule decides, and what is allowed as `git status` is allowed as `git` where nothing else changed.
// Only what is certain is told; whoever asks takes everything else for possible.
import type { ArgumentTest, PermissionEffect } from '../permissions';
import { beginsWith } from './argument-test';

/** A rule for commands as far as it can be compared with others. */
export interface ComparedRule {
  readonly effect: PermissionEffect;
  /** equal for rules that ask the same */
  readonly key: string;
  /** null: what it asks is not only how the command begins; empty: nothing, it is for all */
  readonly prefixes: readonly string[] | null;
  readonly allowRedirection: boolean;
}

interface ShellTest extends ArgumentTest {
  readonly shell: { readonly rules: readonly ComparedRule[]; readonly list: string; readonly at: number };
}

const isShellTest = (test: ArgumentTest): test is ShellTest => 'shell' in test;

/** The test whether the rule at this place of the list decides, able to tell which answers exclude each other. `list`: equal for equal lists. */
export function shellTest(test: ArgumentTest, rules: readonly ComparedRule[], list: string, at: number): ArgumentTest {
  const made: ShellTest = {
    ...test, sure: true, shell: { rules, list, at },
    excludes: (its, other, others) => its && isShellTest(other) && (others ? other.shell.list === list && other.shell.at !== at : allowedToo(rules, at, other.shell.rules, other.shell.at)),
  };
  return made;
}

/** Whether every line that the one rule allows in its list is allowed by the other in the other list. */
function allowedToo(few: readonly ComparedRule[], one: number, many: readonly ComparedRule[], other: number): boolean {
  const [mine, theirs] = [few[one], many[other]];
  if (mine?.effect !== 'allow' || theirs?.effect !== 'allow' || !covers(theirs, mine)) return false;
  // what asks or denies is the same, and comes first
  const [guards, others] = [guardsOf(few), guardsOf(many)];
  if (guards === null || guards !== others) return false;
  const [allowed, wider] = [few.filter(isAllow), many.filter(isAllow)];
  // each command of the line is allowed by some rule of the list
  if (!allowed.every((rule) => wider.some((wide) => covers(wide, rule)))) return false;
  if (allowed.some(({ allowRedirection }) => allowRedirection) && !wider.every(({ allowRedirection }) => allowRedirection)) return false;
  return many.slice(0, other).every((rule) => !isAllow(rule) || apart(rule, mine));
}

const isAllow = ({ effect }: ComparedRule): boolean => effect === 'allow';

/** The rules that do not allow, as text; null where one stands behind a rule that does, or where what is allowed cannot be compared. */
function guardsOf(rules: readonly ComparedRule[]): string | null {
  const first = rules.findIndex(isAllow);
  if (rules.slice(first).some((rule) => !isAllow(rule) || rule.prefixes === null)) return null;
  return JSON.stringify(rules.slice(0, first).map(({ effect, key, allowRedirection }) => [effect, key, allowRedirection]));
}

/** Whatever the narrow rule is for the wide one is for. */
const covers = ({ prefixes: wide }: ComparedRule, { prefixes: narrow }: ComparedRule): boolean =>
  wide !== null && (wide.length === 0 || (narrow !== null && narrow.length > 0 && narrow.every((prefix) => wide.some((start) => beginsWith(prefix, start)))));

/** No command is for both. */
const apart = ({ prefixes: one }: ComparedRule, { prefixes: other }: ComparedRule): boolean =>
  one !== null && other !== null && one.length > 0 && other.length > 0 && one.every((a) => other.every((b) => !a.startsWith(b) && !b.startsWith(a)));
