// The rules of another tool's file, in order, as `countersign sources` prints them.
import type { ForeignFile, ForeignRule } from '../core/formats';
import { LineIndex } from '../core/text';
import type { Range } from '../core/text';

export interface SourceRule {
  /** as the file has it */
  readonly rule: string;
  readonly effect: ForeignRule['effect'];
  readonly line: number;
  readonly range: Range;
  readonly actions: readonly string[];
  /** patterns over `type:id` */
  readonly resources: readonly string[];
  readonly agents?: readonly string[];
  /** what it asks of the arguments, in words */
  readonly where?: string;
  /** why the tool takes no notice of it */
  readonly ignored?: string;
}

/** In the order in which they stand in the file; where the first that matches decides, in the order in which they are asked. */
export function rulesOfFile(file: ForeignFile | null, text: string): readonly SourceRule[] {
  const sets = file?.permissions ?? [];
  if (sets.length === 0) return [];
  const lines = new LineIndex(text);
  return sets.flatMap(({ order, rules }) => (order.kind === 'first' ? rules : [...rules].sort((a, b) => a.span.start - b.span.start)).filter((rule) => !rule.implied).map((rule): SourceRule => {
    const range = lines.range(rule.span);
    return {
      rule: rule.written, effect: rule.effect, line: range.start.line, range, actions: rule.actions, resources: rule.resources,
      ...(rule.agents ? { agents: rule.agents } : {}), ...(rule.where ? { where: rule.where.words } : {}), ...(rule.ignored === null ? {} : { ignored: rule.ignored }),
    };
  }));
}
