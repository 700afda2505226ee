// Whether a request lies in a region, told from the machine form alone: written anew from its description, so that it shares nothing with what made the region.
import { CelError, PartialList, Timestamp, compile, formatTimestamp, parseCondition, type CompiledCondition, type ConditionInput, type Value } from '../../../server/src/core/conditions';
import type { Constraint, RegionForm } from '../../../server/src/core/analysis';
import { patternList } from '../../../server/src/core/text';

export function inRegion(form: RegionForm, request: { readonly agent: string; readonly action: string; readonly resource: string }, input: ConditionInput): boolean {
  return Object.entries(form).every(([name, constraint]) => holds(constraint, valueOf(name, request, input)));
}

/** undefined: missing; an error of a condition is a CelError. */
function valueOf(name: string, request: { readonly agent: string; readonly action: string; readonly resource: string }, input: ConditionInput): Value | undefined {
  if (name === 'agent.id') return request.agent;
  if (name === 'action.name') return request.action;
  if (name === 'resource') return request.resource;
  let known = compiled.get(name);
  if (!known) {
    const { ast } = parseCondition(name);
    if (!ast) throw new Error(`${name} is no condition`);
    compiled.set(name, (known = compile(ast)));
  }
  const value = known.evaluate(input);
  // of a list that is not known as a whole nothing was said
  if (value instanceof PartialList) return undefined;
  return value instanceof CelError && value.kind === 'missing' && known.ast.kind === 'select' ? undefined : value;
}

const compiled = new Map<string, CompiledCondition>();

function holds(constraint: Constraint, value: Value | undefined): boolean {
  if ('missing' in constraint) return value === undefined;
  if (value === undefined) return false;
  if ('type' in constraint && constraint.type === 'error') return value instanceof CelError;
  if (value instanceof CelError) return false;
  const plain = value instanceof Timestamp ? formatTimestamp(value) : value;
  if ('all' in constraint) return constraint.all.every((part) => holds(part, value));
  if ('in' in constraint) return constraint.in.includes(plain as string);
  if ('notIn' in constraint) return !constraint.notIn.includes(plain as string);
  if ('matches' in constraint) return typeof plain === 'string' && patternList([constraint.matches]).matches(plain);
  if ('notMatches' in constraint) return typeof plain === 'string' && !patternList([constraint.notMatches]).matches(plain);
  if ('is' in constraint) return plain === constraint.is;
  if ('type' in constraint) {
    const type = plain === null ? 'null' : Array.isArray(plain) ? 'array' : typeof plain;
    return constraint.type.startsWith('not ') ? type !== constraint.type.slice(4) : type === constraint.type;
  }
  const number = value instanceof Timestamp ? value.ms : typeof value === 'number' ? value : NaN;
  const bound = (limit: number | string): number => (typeof limit === 'string' ? Date.parse(limit) : limit);
  const { gt, gte, lt, lte } = constraint;
  return !Number.isNaN(number) && (gt === undefined || number > bound(gt)) && (gte === undefined || number >= bound(gte)) && (lt === undefined || number < bound(lt)) && (lte === undefined || number <= bound(lte));
}
