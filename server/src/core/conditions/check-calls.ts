// Calls and macros: names, numbers and types of arguments, and the literals that functions read: times, durations, zones, patterns.
import type { Call, Expr, Macro } from './ast';
import { type CheckContext, type LocalTypes, suggestion } from './check-context';
import { FUNCTIONS, functionNamed, HAS, MACROS, type FunctionInfo, type Overload } from './functions';
import { compilePattern } from './patterns';
import { print } from './print';
import { parseDuration, parseTimestamp, zoneShift } from './times';
import { BOOL, compatible, DYN, join, listOf, STRING, type Type, typeName, withArticle } from './types';

export function typeOfCall(node: Call, locals: LocalTypes, context: CheckContext): Type {
  const parts = node.receiver === null ? node.args : [node.receiver, ...node.args];
  const types = parts.map((part) => context.visit(part, locals));
  const info = functionNamed(node.name, node.receiver !== null);
  if (!info) return unknownFunction(node, context);
  const byReceiver = info.method ? info.overloads.filter((candidate) => compatible(candidate.params[0] ?? DYN, types[0] ?? DYN)) : info.overloads;
  if (byReceiver.length === 0) {
    const wanted = [...new Set(info.overloads.map((candidate) => typeName(candidate.params[0] ?? DYN)))].join(', ');
    return context.report('condition/type', node.nameSpan, `\`${node.name}\` is a method of ${wanted}; \`${node.receiver ? print(node.receiver) : ''}\` is ${withArticle(types[0] ?? DYN)}.`);
  }
  const byCount = byReceiver.filter((candidate) => candidate.params.length === parts.length);
  if (byCount.length === 0) return context.report('condition/type', node.nameSpan, wrongCount(node, info, byReceiver));
  const fitting = byCount.filter((candidate) => candidate.params.every((param, index) => compatible(param, types[index] ?? DYN)));
  if (fitting.length === 0) return wrongArgument(node, parts, types, byCount, context);
  checkArguments(node, context);
  return fitting.map((candidate) => candidate.result).reduce((a, b) => join(a, b));
}

function unknownFunction(node: Call, context: CheckContext): Type {
  const isMethod = node.receiver !== null;
  const otherWay = functionNamed(node.name, !isMethod);
  if (otherWay) {
    const how = isMethod ? `\`${node.name}(${node.receiver ? print(node.receiver) : ''})\`` : `\`value.${node.name}(...)\``;
    return context.report('condition/type', node.nameSpan, `\`${node.name}\` is called the other way: write ${how}.`);
  }
  if (!isMethod && node.name.toLowerCase() === 'not') {
    return context.report('condition/type', node.nameSpan, '`not` is not a function. Negation is `!`.', [{ title: 'Replace by `!`', safe: false, edits: [{ span: node.nameSpan, newText: '!' }] }]);
  }
  const names = isMethod ? [...FUNCTIONS.filter((info) => info.method).map((info) => info.name), ...MACROS.map((macro) => macro.name)] : [...FUNCTIONS.filter((info) => !info.method).map((info) => info.name), HAS.name];
  const { text, fixes } = suggestion(node.name, names, node.nameSpan);
  return context.report('condition/type', node.nameSpan, `There is no ${isMethod ? 'method' : 'function'} \`${node.name}\`.${text}`, fixes);
}

function wrongCount(node: Call, info: FunctionInfo, candidates: readonly Overload[]): string {
  const counts = [...new Set(candidates.map((candidate) => candidate.params.length - (info.method ? 1 : 0)))].sort().join(' or ');
  return `\`${node.name}\` takes ${counts} ${counts === '1' ? 'argument' : 'arguments'}, not ${node.args.length}: \`${info.example}\`.`;
}

function wrongArgument(node: Call, parts: readonly Expr[], types: readonly Type[], candidates: readonly Overload[], context: CheckContext): Type {
  const index = parts.findIndex((_, i) => !candidates.some((candidate) => compatible(candidate.params[i] ?? DYN, types[i] ?? DYN)));
  const at = index < 0 ? parts.length - 1 : index;
  const wanted = [...new Set(candidates.map((candidate) => typeName(candidate.params[at] ?? DYN)))].join(' or ');
  return context.report('condition/type', parts[at]?.span ?? node.nameSpan, `\`${node.name}\` needs ${wanted} here; this is ${withArticle(types[at] ?? DYN)}.`);
}

/** Literals that a function reads when the condition runs are read now. */
function checkArguments(node: Call, context: CheckContext): void {
  const last = node.args[node.args.length - 1];
  if (last?.kind !== 'literal' || typeof last.value !== 'string') return;
  const text = last.value;
  if (node.name === 'matches') {
    const result = compilePattern(text);
    if ('fault' in result) context.report('condition/unsafe-pattern', last.span, `${result.fault} When evaluated it is an error.`);
  } else if (node.name === 'timestamp' && parseTimestamp(text) === null) {
    context.report('condition/type', last.span, `\`${text}\` is not a timestamp. Write it with a time and a zone, such as \`2026-12-20T00:00:00Z\`.`);
  } else if (node.name === 'duration' && parseDuration(text) === null) {
    context.report('condition/type', last.span, `\`${text}\` is not a duration. Write it as \`60s\`, \`30m\`, \`4h\`, \`1h30m\` or \`400d\`.`);
  } else if (node.receiver !== null && /^get[A-Z]/.test(node.name) && zoneShift(text) === null) {
    context.report('condition/type', last.span, `\`${text}\` is not a time zone. Write \`UTC\`, an offset such as \`+02:00\`, or a name such as \`Europe/Paris\`.`);
  }
}

export function typeOfMacro(node: Macro, locals: LocalTypes, context: CheckContext): Type {
  const range = context.visit(node.range, locals);
  const element = elementOf(range) ?? context.report('condition/type', node.nameSpan, `\`${node.name}\` goes over a list or the keys of a map; \`${print(node.range)}\` is ${withArticle(range)}.`);
  const inner = new Map(locals).set(node.variable, element);
  const predicate = node.name === 'map' ? node.filter : node.body;
  const filterType = node.filter ? context.visit(node.filter, inner) : BOOL;
  const body = context.visit(node.body, inner);
  const predicateType = node.name === 'map' ? filterType : body;
  if (predicate && predicateType.kind !== 'bool' && predicateType.kind !== 'dyn') {
    context.report('condition/type', predicate.span, `\`${node.name}\` needs what is true or false here; this is ${withArticle(predicateType)}.`);
  }
  if (node.name === 'map') return listOf(body);
  return node.name === 'filter' ? listOf(element) : BOOL;
}

/** What a macro goes over: the entries of a list, the keys of a map; null for what is neither. */
export function elementOf(range: Type): Type | null {
  switch (range.kind) {
    case 'list':
      return range.element;
    case 'map':
      return STRING;
    case 'object':
      return range.open ? STRING : { kind: 'string', values: Object.keys(range.fields) };
    case 'dyn':
    case 'null':
      return DYN;
    default:
      return null;
  }
}
