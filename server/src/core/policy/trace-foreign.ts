// Why a rule of another tool applied or did not, and what that tool does where none does.
import { CelError, type Evaluation } from '../conditions';
import type { Because, TraceEntry } from '../model';
import { appliesWhere } from './match';
import type { CompiledRule } from './rule';
import type { PolicySet } from './set';

type Why = Pick<TraceEntry, 'matched' | 'because' | 'detail' | 'error'>;

/** For a rule whose agents, actions and resources fit. */
export function whereWords(rule: CompiledRule, evaluation: Evaluation): Why {
  const { where } = rule;
  if (where === null) return { matched: true, because: 'matched', detail: 'it asks nothing of the arguments', error: null };
  const { args } = evaluation.input;
  const given = (args ?? {}) as { readonly [name: string]: unknown };
  // of several that say the same for different tools only those that are there
  const shown = where.args.filter((name) => given[name] !== undefined && !(given[name] instanceof CelError));
  const said = (shown.length > 0 ? shown : where.args.slice(0, 1)).map((name) => argumentWords(name, given)).join(', ');
  const result = where.test((args ?? {}) as { readonly [name: string]: unknown }, resourceOf(evaluation));
  const detail = `it is for calls where ${where.words}${said === '' ? '' : `; ${said}`}`;
  const why = (matched: boolean, because: Because, words: string, error: string | null = null): Why => ({ matched, because, detail: words, error: error === null ? null : { message: error, span: rule.span } });
  if (result === true) return why(true, 'matched', detail);
  if (result === false) return why(false, 'when', detail);
  if (result === 'unknown') return why(false, 'error', `${detail}; that cannot be told here`, 'Whether the rule matches cannot be told here.');
  const error = 'An argument that the rule asks about is missing, or is of another type.';
  return rule.effect === 'allow' ? why(false, 'error', `${detail}; without it nothing is allowed`, error) : why(true, 'error', `${detail}; without it what restricts applies`, error);
}

function resourceOf({ input: { resource } }: Evaluation): string {
  const asked = resource as { readonly type?: unknown; readonly id?: unknown } | undefined;
  return `${String(asked?.type)}:${String(asked?.id)}`;
}

const MAX_VALUE = 120;

function argumentWords(name: string, args: { readonly [name: string]: unknown } | undefined): string {
  const value = args?.[name];
  if (value === undefined || value instanceof CelError) return `\`args.${name}\` is not given`;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `\`args.${name}\` is ${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text}`;
}

/** The rules behind the others that were asked, and the default of the tool. Nothing for a set of policies: there nothing is allowed, and the effect says so. */
export function traceDefault(set: PolicySet, otherwise: readonly CompiledRule[], decided: boolean, evaluation: Evaluation): TraceEntry[] {
  const { place, effect } = set.default;
  if (!place) return [];
  const common = { values: [], concerns: true } as const;
  const entries: TraceEntry[] = [];
  let open = decided;
  for (const rule of otherwise) {
    const why = whereWords(rule, evaluation);
    const applies = open && appliesWhere(rule, evaluation) === true;
    entries.push({ id: rule.id, file: rule.file, span: rule.span, effect: rule.effect, ...why, matched: applies, because: applies || !why.matched ? why.because : 'when', detail: open || !why.matched ? why.detail : 'a rule has decided before it', ...common });
    if (applies) open = false;
  }
  entries.push({ id: place.id, file: place.file, span: place.span, effect, matched: open, because: open ? 'matched' : 'when', detail: open ? place.words : 'a rule has decided before it', error: null, ...common });
  return entries;
}
