// Names inside conditions: what the text at the cursor is compared with says which kind of name it is (`agent.team == ""`, `"" in agent.roles`).
import { parseCondition, tokensOf, type Expr, type Literal } from '../../core/conditions';
import type { NameKind } from '../../core/documents';
import type { Span } from '../../core/text';
import { MARK } from '../cursor/find';
import { policyVariableTrees, resourceKinds, walkNames } from '../names/in-conditions';
import { keyKind } from '../names/routes';
import { candidates, type Candidate } from './candidates';
import type { Place } from './context';

export interface NamesHere {
  readonly found: readonly Candidate[];
  /** the cursor stands between quotes */
  readonly inside: boolean;
  /** what closes the text at the cursor, where nothing does yet */
  readonly close: string;
}

const MAX_FOUND = 200;

/** The names that fit at an offset of a condition; `replace` is what a name would replace. */
export function namesHere(place: Place, condition: string, offset: number, replace: Span): NamesHere | null {
  const token = tokensOf(condition).find(({ kind, span, closed }) => kind === 'text' && span.start < offset && (offset < span.end || (!closed && offset <= span.end)));
  const quote = token ? (/["']/.exec(token.text)?.[0] ?? '"') : '"';
  const typed = condition.slice(replace.start, offset);
  // triple quotes and raw texts are nothing that a name is written in
  if (token && /^(?:[bBrR]|"""|''')/.test(token.text)) return null;
  const head = token ? condition.slice(0, offset) : `${condition.slice(0, replace.start)}${quote}`;
  const tail = token ? condition.slice(offset) : `${quote}${condition.slice(replace.end)}`;
  const closed = token?.closed !== false;
  const kinds = kindsIn(place, closed ? `${head}${MARK}${tail}` : '') ?? kindsIn(place, closing(`${head}${MARK}${quote}`));
  if (!kinds) return null;
  const found = kinds.flatMap((kind) => candidates({ workspace: place.workspace, path: place.path, kind, pattern: false, typed, beside: () => null }));
  const names = new Set<string>();
  const unique = found.filter(({ name }) => !/["'\\*]/.test(name) && !names.has(name) && names.add(name));
  return unique.length > 0 ? { found: unique.slice(0, MAX_FOUND), inside: token !== undefined, close: token && !closed ? quote : '' } : null;
}

/** The kinds of names that the marked text can be; null where the condition says nothing of it. */
function kindsIn({ schema, cursor }: Place, condition: string): readonly NameKind[] | null {
  if (condition === '') return null;
  const { ast, sound } = parseCondition(condition);
  const types = schema === 'policy' && cursor.path[1] === 'rules' ? resourceKinds(cursor.root, Number(cursor.path[2])) : (['tool', 'data', 'agent', 'model', 'channel', 'environment'] as const);
  const kinds = new Set<NameKind>();
  const marked = (literal: Literal): boolean => typeof literal.value === 'string' && literal.value.includes(MARK);
  const add = (all: readonly NameKind[]): void => all.flatMap((kind) => (kind === 'resource' ? types : [kind])).forEach((kind) => kinds.add(kind));
  const walk = (expr: Expr): void =>
    walkNames(expr, policyVariableTrees(cursor.root, schema === 'policy'), {
      literal: (all, literal) => void (marked(literal) && add(all)),
      key(operand, literal) {
        const kind = marked(literal) ? keyKind(operand) : null;
        if (kind) add([kind]);
      },
      field: () => {},
      partial: () => {},
    });
  (ast ? [ast] : sound).forEach(walk);
  return kinds.size > 0 ? [...kinds] : null;
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The text with its open brackets closed, so that what is being typed can be read. */
function closing(text: string): string {
  const open: string[] = [];
  for (const { kind, text: sign } of tokensOf(text)) {
    if (kind !== 'bracket') continue;
    const close = PAIRS[sign];
    if (close !== undefined) open.push(close);
    else open.pop();
  }
  return text + open.reverse().join('');
}
