// Requests that fall between two bounds (`< 100` beside `> 100`): the fix that lets one of the rules include the bound.
import type { ShortRequest } from '../analysis';
import { pathOf, walk, type Binary } from '../conditions';
import { POLICIES, type CompiledRule } from '../policy';
import type { Fix } from '../text';
import type { Workspace } from '../workspace';
import { scalarMap, type PlainValue } from '../yaml';

const MAX_FIXES = 3;
/** The stricter reading first. */
const EFFECTS = ['deny', 'require_approval', 'allow'] as const;

/** `witness`: a request of which no rule speaks. */
export function boundFixes(workspace: Workspace, witness: ShortRequest): readonly Fix[] {
  const found: { readonly rank: number; readonly fix: Fix }[] = [];
  for (const { rules } of workspace.shared(POLICIES).all) {
    for (const rule of rules) {
      if (!rule.when || rule.malformed !== null || rule.effect === 'oblige' || !concerns(rule, witness)) continue;
      const map = scalarMap(workspace.text(rule.file) ?? '', rule.when.place.node);
      if (!map.exact) continue;
      for (const comparison of boundsAt(rule, witness)) {
        const { start, end } = comparison.opSpan;
        found.push({ rank: EFFECTS.indexOf(rule.effect), fix: {
          title: `Let \`${rule.id}\` include ${JSON.stringify(boundOf(comparison))} (\`${comparison.op}=\`)`, safe: false, choice: true,
          edits: [{ path: rule.file, span: map.span(start, end), newText: `${comparison.op}=` }],
        } });
      }
    }
  }
  const fixes = found.sort((a, b) => a.rank - b.rank).slice(0, MAX_FIXES).map(({ fix }) => fix);
  return fixes.length === 1 ? fixes.map(({ title, safe, edits }) => ({ title, safe, edits })) : fixes;
}

const concerns = ({ actions, resources }: CompiledRule, { action, resource }: ShortRequest): boolean =>
  typeof action === 'string' && typeof resource === 'string' && actions?.matches(action) !== false && resources?.matches(resource) !== false;

/** Comparisons that leave out just the value that the request has. */
function boundsAt({ when }: CompiledRule, witness: ShortRequest): readonly Binary[] {
  const found: Binary[] = [];
  if (when) walk(when.ast, (node) => {
    if (node.kind !== 'binary' || (node.op !== '<' && node.op !== '>')) return;
    const bound = boundOf(node);
    if (bound !== null && valueOf(witness, pathOf(node.left) ?? pathOf(node.right)) === bound) found.push(node);
  });
  return found;
}

/** The constant on one side, where a field stands on the other. */
function boundOf({ left, right }: Binary): number | null {
  const literal = right.kind === 'literal' && pathOf(left) ? right : left.kind === 'literal' && pathOf(right) ? left : null;
  return literal && typeof literal.value === 'number' ? literal.value : null;
}

function valueOf(witness: ShortRequest, path: readonly string[] | null): PlainValue | undefined {
  if (path?.[0] !== 'args') return undefined;
  let here: PlainValue | undefined = witness['args'];
  for (const name of path.slice(1)) here = typeof here === 'object' && here !== null && !Array.isArray(here) && Object.hasOwn(here, name) ? (here as { readonly [key: string]: PlainValue })[name] : undefined;
  return here;
}
