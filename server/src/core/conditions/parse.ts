// The text of a condition becomes our tree, or problems at the offending tokens.
import { Environment } from '@marcbachmann/cel-js';
import type { Problem, Span } from '../text';
import type { Expr } from './ast';
import { ConversionFault, convert } from './convert';
import { MAX_DEPTH, MAX_LENGTH, MAX_NODES, MAX_PROBLEMS } from './limits';
import { describeFault, repairWords, splitOperands } from './syntax-faults';
import { tokensOf, type Token } from './tokens';

export interface ParseResult {
  /** the tree, or null when the text has a syntax fault */
  readonly ast: Expr | null;
  readonly problems: readonly Problem[];
  /** operands of the outermost `&&` and `||` that are sound although others are not: they can still be checked. Empty when `ast` is there. */
  readonly sound: readonly Expr[];
}

type Outcome = { readonly ast: Expr } | { readonly fault: Problem };

// The library's parser holds no state between calls; its checker and evaluator are not used.
const library = new Environment({ unlistedVariablesAreDyn: true, limits: { maxDepth: MAX_DEPTH, maxAstNodes: MAX_NODES } });

/** Parses a condition. Spans are offsets into `text`; nothing is ever thrown. */
export function parseCondition(text: string): ParseResult {
  if (text.length > MAX_LENGTH) {
    return failed({ code: 'condition/syntax', span: { start: MAX_LENGTH, end: text.length }, message: `A condition may have ${MAX_LENGTH} characters; this one has ${text.length}. Split it into \`variables\`.` });
  }
  const tokens = tokensOf(text);
  if (tokens.every((token) => token.kind === 'comment')) {
    return failed({ code: 'condition/syntax', span: { start: 0, end: text.length }, message: 'The condition is empty. Write an expression such as `args.amount > 500`, or leave the field out.' });
  }
  const outcome = attempt(text, tokens, { start: 0, end: text.length });
  if ('ast' in outcome) return { ast: outcome.ast, problems: [], sound: [] };
  return recover(text, tokens, outcome.fault);
}

const failed = (problem: Problem): ParseResult => ({ ast: null, problems: [problem], sound: [] });

/** Parses one stretch of the text as if it were the whole. */
function attempt(text: string, tokens: readonly Token[], part: Span): Outcome {
  try {
    return { ast: convert(library.parse(text.slice(part.start, part.end)).ast, tokens.filter((token) => token.kind !== 'comment'), part.start) };
  } catch (error) {
    if (error instanceof ConversionFault) return { fault: { code: 'condition/syntax', span: error.span, message: error.message } };
    const { code, start, message } = faultOf(error);
    return { fault: describeFault(text, tokens, part, code, start + part.start, message) };
  }
}

function faultOf(error: unknown): { code: string; start: number; message: string } {
  if (error instanceof RangeError) return { code: 'limit_exceeded', start: 0, message: '' };
  const { code, range, summary } = error as { code?: unknown; range?: { start?: unknown }; summary?: unknown };
  return { code: typeof code === 'string' ? code : '', start: typeof range?.start === 'number' ? range.start : 0, message: typeof summary === 'string' ? summary : '' };
}

/** After a fault: words and signs of other languages are named one by one, then each outermost operand is tried on its own. */
function recover(text: string, tokens: readonly Token[], first: Problem): ParseResult {
  const repaired = repairWords(text, tokens);
  const problems: Problem[] = [...repaired.problems];
  const sound: Expr[] = [];
  const newTokens = repaired.problems.length > 0 ? tokensOf(repaired.text) : tokens;
  for (const part of splitOperands(repaired.text, newTokens)) {
    const outcome = attempt(repaired.text, newTokens, part);
    if ('fault' in outcome) problems.push(outcome.fault);
    else if (!repaired.problems.some((problem) => problem.span.start >= part.start && problem.span.end <= part.end)) sound.push(outcome.ast);
  }
  if (problems.length === 0) problems.push(first);
  const sorted = problems.sort((a, b) => a.span.start - b.span.start).filter((problem, index, all) => problem.span.start !== all[index - 1]?.span.start);
  return { ast: null, problems: sorted.slice(0, MAX_PROBLEMS), sound };
}
