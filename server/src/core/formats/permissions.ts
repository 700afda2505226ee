// Permissions as another tool writes them: rules in order, each for some tools and some arguments, and what holds where none matches.
import type { Span } from '../text';

export type PermissionEffect = 'allow' | 'require_approval' | 'deny';

/** `strictest`: all matched rules of the first effect that has any, in this order of effects. `first`: the first rule that matches, in the order of the rules. */
export type PermissionOrder = { readonly kind: 'strictest'; readonly effects: readonly PermissionEffect[] } | { readonly kind: 'first' };

/**
 * Which agents the permissions are for. `tool`: all agents of some formats below a folder ('' is the whole workspace), the nearest such file counts;
 * where there is none, an implicit agent of the tool's name (null: none). `file`: the agents of the same file. `agents`: those of these names. `any`: every agent.
 */
export type PermissionGoverns =
  | { readonly kind: 'tool'; readonly formats: readonly string[]; readonly under: string; readonly implicit: string | null }
  | { readonly kind: 'file' }
  | { readonly kind: 'agents'; readonly names: readonly string[] }
  | { readonly kind: 'any' };

/** What one file says. Files of one `family` that govern the same agents make one set: their rules together, the default of the highest rank. */
export interface ForeignPermissions {
  /** `claude`, `docker-agent`, ...: the beginning of the ids of its rules is the file's format */
  readonly family: string;
  readonly governs: PermissionGoverns;
  readonly order: PermissionOrder;
  /** patterns over `type:id` of what these permissions have a say in, such as `tool:*`; about everything else they are silent */
  readonly covers: readonly string[];
  /** in the order in which they are written, or, where the first decides, in the order in which they are asked */
  readonly rules: readonly ForeignRule[];
  readonly default: ForeignDefault;
  /** what it says that cannot be evaluated here, in words: then nothing but a denial is certain */
  readonly unknown: readonly string[];
  /** for a family whose files change one another's meaning: makes the set of all its parts, in the order of their paths; absent: rules are joined and the default of the highest rank counts */
  readonly unite?: (parts: readonly PermissionPart[]) => UnitedPermissions;
}

/** One file's permissions, and the file. */
export interface PermissionPart {
  readonly path: string;
  /** the file's format */
  readonly format: string;
  readonly permissions: ForeignPermissions;
}

/** A rule and the file that it stands in. */
export interface PlacedRule {
  readonly path: string;
  readonly format: string;
  readonly rule: ForeignRule;
}

export interface UnitedPermissions {
  readonly rules: readonly PlacedRule[];
  readonly otherwise: readonly PlacedRule[];
  readonly default: Omit<ForeignDefault, 'otherwise' | 'rank'> & { readonly path: string; readonly format: string };
  readonly unknown: readonly string[];
}

/** Where no rule matched: the first of `otherwise` that matches, else `effect`. */
export interface ForeignDefault {
  readonly effect: PermissionEffect;
  readonly otherwise: readonly ForeignRule[];
  /** why it is so, as a sentence: shown in the trace */
  readonly words: string;
  /** where the file says so; null where it is the tool's own default */
  readonly span: Span | null;
  /** over several files the highest wins, of equals the last file; 0 where nothing is written */
  readonly rank: number;
}

export interface ForeignRule {
  /** as the file has it: `Bash(git push:*)` */
  readonly written: string;
  readonly span: Span;
  readonly effect: PermissionEffect;
  readonly actions: readonly ('call' | 'delegate')[];
  /** patterns over `type:id`: `tool:claude/Bash`, `tool:github/*` */
  readonly resources: readonly string[];
  /** names of agents, where the rule is for some of those that the file governs */
  readonly agents: readonly string[] | null;
  /** null: whatever the arguments */
  readonly where: ArgumentTest | null;
  /** it follows from the format and stands nowhere in the file, so that it is not listed with its rules */
  readonly implied?: true;
  /** who is asked, as written, where it asks and says so */
  readonly approvers?: readonly string[];
  /** why the tool ignores it, as a sentence: it is listed and takes no part; null for a rule that counts */
  readonly ignored: string | null;
}

export type ArgumentValues = { readonly [name: string]: unknown };

/** `error`: an argument that it needs is missing or of another type, so that what allows does not apply and what restricts does. `unknown`: it cannot be told here. */
export type TestResult = boolean | 'error' | 'unknown';

export type SimpleValue = boolean | number | string;

/** Questions about single arguments, by the names of their paths, and how they are joined. What asks for a missing argument, or for one of another type, is an error, `present` and `among` aside. */
export type ArgumentCondition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'present'; readonly path: readonly string[] }
  | { readonly kind: 'truth'; readonly path: readonly string[] }
  /** false for a value of another type, an error for a missing one */
  | { readonly kind: 'among'; readonly path: readonly string[]; readonly values: readonly SimpleValue[] }
  | { readonly kind: 'compare'; readonly path: readonly string[]; readonly op: '<' | '<=' | '>' | '>='; readonly value: number }
  /** a text with these pieces in this order, anything between them; the first stands at its beginning, the last at its end */
  | { readonly kind: 'text'; readonly path: readonly string[]; readonly pieces: readonly string[] }
  | { readonly kind: 'not'; readonly part: ArgumentCondition }
  /** the branch that is not taken does not count */
  | { readonly kind: 'if'; readonly condition: ArgumentCondition; readonly then: ArgumentCondition; readonly otherwise: ArgumentCondition }
  | { readonly kind: 'any'; readonly parts: readonly ArgumentCondition[] };

/** A question about the arguments of a call. */
export interface ArgumentTest {
  /** equal keys are equal questions, whatever file they stand in: `claude bash git push:*` */
  readonly key: string;
  /** in words, as the end of "it applies where ...": `args.command begins with git push` */
  readonly words: string;
  /** the rule as its user wrote it, where one did: `Bash(git push:*)` */
  readonly label?: string;
  /** what else it takes for granted, where two rules of the same words may differ in it: `src/**` may be written to */
  readonly under?: string;
  /** the arguments that it reads: `command` */
  readonly args: readonly string[];
  /** texts that such an argument could have for it to say yes, for those who look for an example */
  readonly examples?: readonly string[];
  /** The same question taken apart, where that is possible: it says yes just where this holds, and an error is a no. */
  readonly condition?: ArgumentCondition;
  /** It is never an error where the arguments that the tool takes are what they are with it: texts. */
  readonly sure?: true;
  /** Whether no call is answered `its` by this question and `others` by the other. Only what is certain; absent: nothing is. */
  excludes?(its: boolean, other: ArgumentTest, others: boolean): boolean;
  /** Whether no call gets a yes from one of `some`, of which this is the first, and a no from all of the rest. Only what is certain. */
  excludesAll?(some: readonly ArgumentTest[], none: readonly ArgumentTest[], nor: readonly ArgumentTest[]): boolean;
  /** Questions with equal words here are errors for the same calls. */
  readonly errs?: string;
  /** Pure, never throws, and bounded in time by the size of the arguments. `resource` is `type:id`. */
  test(args: ArgumentValues, resource: string): TestResult;
}

/** Deny before ask before allow, as most tools have it. */
export const STRICTEST: PermissionOrder = { kind: 'strictest', effects: ['deny', 'require_approval', 'allow'] };

/** A rule for calls of tools, with what most rules leave out. `tools`: patterns over `server/tool`. */
export function toolRule(written: string, span: Span, effect: PermissionEffect, tools: readonly string[], where: ArgumentTest | null = null): ForeignRule {
  return { written, span, effect, actions: ['call'], resources: tools.map((tool) => `tool:${tool}`), agents: null, where, ignored: null };
}

/** The rules of all parts, and the default of the highest rank, of equals the last. */
export function unitePermissions(parts: readonly PermissionPart[]): UnitedPermissions {
  const own = parts.find((part) => part.permissions.unite)?.permissions.unite;
  if (own) return own(parts);
  const placed = ({ path, format }: PermissionPart, rules: readonly ForeignRule[]): PlacedRule[] => rules.map((rule) => ({ path, format, rule }));
  const strongest = parts.reduce((best, part) => (part.permissions.default.rank >= best.permissions.default.rank ? part : best), parts[0] as PermissionPart);
  const { effect, words, span, otherwise } = strongest.permissions.default;
  return {
    rules: parts.flatMap((part) => placed(part, part.permissions.rules)),
    otherwise: placed(strongest, otherwise),
    default: { effect, words, span, path: strongest.path, format: strongest.format },
    unknown: [...new Set(parts.flatMap((part) => part.permissions.unknown))],
  };
}
