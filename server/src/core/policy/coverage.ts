// Which rules the tests made apply, and which branches of their conditions they took.
import { CelError, Evaluation, compile, walk, type Expr } from '../conditions';
import type { ConditionPlace } from '../documents';
import type { Request } from '../model';
import type { Span } from '../text';
import { scalarMap } from '../yaml';
import type { Engine } from './engine';
import { applies, mismatch } from './match';
import type { CompiledPolicy, CompiledRule } from './rule';

export interface BranchCoverage {
  /** the part of the condition, in the file */
  readonly span: Span;
  readonly text: string;
  /** how often it was true, and how often false */
  readonly yes: number;
  readonly no: number;
}

export interface RuleCoverage {
  readonly rule: CompiledRule;
  /** how often it applied */
  readonly hits: number;
  readonly branches: readonly BranchCoverage[];
}

/** A part of a condition, and what it was. */
export interface PartCoverage {
  readonly part: Expr;
  readonly place: ConditionPlace;
  readonly yes: number;
  readonly no: number;
}

interface Branch extends PartCoverage {
  readonly run: (evaluation: Evaluation) => unknown;
  yes: number;
  no: number;
}

interface Counted {
  hits: number;
  readonly branches: readonly Branch[];
}

/** Counts while tests run. */
export class Coverage {
  readonly #rules = new Map<CompiledRule, Counted>();
  readonly #evaluation = new Evaluation();

  constructor(policies: readonly CompiledPolicy[]) {
    for (const policy of policies) for (const rule of policy.rules) this.#rules.set(rule, { hits: 0, branches: branchesOf(rule) });
  }

  /** Takes note of one request that was decided. */
  add(engine: Engine, request: Request, at: number): void {
    const prepared = engine.prepare(request, { at });
    const target = engine.target(prepared);
    if (!target) return;
    for (const rule of engine.world.policies.flatMap((policy) => policy.rules)) {
      const counted = this.#rules.get(rule);
      if (!counted || rule.expires < prepared.time || mismatch(rule, target.target) !== null) continue;
      // after a refusal only what obliges is evaluated
      if (target.denied !== null && rule.effect !== 'oblige') continue;
      this.#evaluation.reset(prepared.input);
      if (!rule.never && applies(rule, this.#evaluation, prepared.time)) counted.hits++;
      for (const branch of counted.branches) {
        const value = branch.run(this.#evaluation);
        if (value instanceof CelError) continue;
        if (value === true) branch.yes++;
        else if (value === false) branch.no++;
      }
    }
  }

  /** Of one rule, in the order of its coverage. */
  parts(rule: CompiledRule): readonly PartCoverage[] {
    return this.#rules.get(rule)?.branches ?? [];
  }

  /** In the order of the rules; `text` gives the text of a file. */
  result(text: (path: string) => string): readonly RuleCoverage[] {
    return [...this.#rules].map(([rule, { hits, branches }]) => ({
      rule, hits,
      branches: branches.map(({ part, place, yes, no }) => ({ span: scalarMap(text(rule.file), place.node).span(part.span.start, part.span.end), text: place.node.text.slice(part.span.start, part.span.end), yes, no })),
    }));
  }
}

/** Each condition as a whole, and the operands of its `&&`, `||` and `? :`, outside macros. */
function branchesOf(rule: CompiledRule): readonly Branch[] {
  return [rule.when, rule.unless].flatMap((check) => {
    if (!check) return [];
    const parts: Expr[] = [check.ast];
    walk(check.ast, (node) => {
      if (node.kind === 'macro') return false;
      if (node.kind === 'logic') parts.push(...node.operands);
      if (node.kind === 'conditional') parts.push(node.condition);
      return undefined;
    });
    return [...new Set(parts)].map((part): Branch => ({ part, place: check.place, run: compile(part, rule.policy.reader).run, yes: 0, no: 0 }));
  });
}

/** Coverage as LCOV, one record a file; lines from 1. `line` gives the line of an offset, from 0. */
export function lcov(coverage: readonly RuleCoverage[], line: (path: string, offset: number) => number): string {
  const files = new Map<string, RuleCoverage[]>();
  for (const one of coverage) files.set(one.rule.file, [...(files.get(one.rule.file) ?? []), one]);
  const records = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, rules]) => {
    const at = (offset: number): number => line(file, offset) + 1;
    const lines = new Map<number, number>();
    for (const { rule, hits } of rules) lines.set(at(rule.idSpan.start), Math.max(hits, lines.get(at(rule.idSpan.start)) ?? 0));
    const functions = rules.map(({ rule, hits }) => ({ line: at(rule.idSpan.start), name: rule.id, hits }));
    const branches = rules.flatMap(({ rule, branches: parts }) => parts.flatMap((part, block) => [part.yes, part.no].map((taken, branch) => ({ line: at(part.span.start), block: rule.index * 1000 + block, branch, taken }))));
    return [
      'TN:', `SF:${file}`,
      ...functions.map((one) => `FN:${one.line},${one.name}`), ...functions.map((one) => `FNDA:${one.hits},${one.name}`), `FNF:${functions.length}`, `FNH:${functions.filter((one) => one.hits > 0).length}`,
      ...branches.map((one) => `BRDA:${one.line},${one.block},${one.branch},${one.taken === 0 ? '0' : one.taken}`), `BRF:${branches.length}`, `BRH:${branches.filter((one) => one.taken > 0).length}`,
      ...[...lines].sort(([a], [b]) => a - b).map(([number, hits]) => `DA:${number},${hits}`), `LF:${lines.size}`, `LH:${[...lines.values()].filter((hits) => hits > 0).length}`,
      'end_of_record',
    ].join('\n');
  });
  return records.map((record) => `${record}\n`).join('');
}
