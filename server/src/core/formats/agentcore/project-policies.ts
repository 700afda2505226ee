// The policies that a project holds itself, as texts in its JSON: the same rules and findings as those of a file in Cedar, at their characters in the project.
import type { Problem, Span } from '../../text';
import { resolve, scalarMap, textOf, valueOf, type MapNode, type ScalarNode } from '../../yaml';
import { at, mapsOf } from '../agent';
import type { CedarEngine } from '../cedar';
import type { ForeignPermissions } from '../permissions';
import { runRules } from '../rule';
import { permissionsOf, permissionsOfHeads } from './permissions';
import { readPolicies } from './read-policies';
import { rules } from './rules';

export interface ProjectPolicies {
  readonly permissions: readonly ForeignPermissions[];
  readonly problems: readonly Problem[];
  /** there are any */
  readonly any: boolean;
}

/** Bounded: a project has a few engines with tens of policies. */
const MAX_POLICIES = 500;

interface Engine {
  readonly statements: readonly ScalarNode[];
  /** every gateway that has it only takes notes of what it decides */
  readonly silent: boolean;
}

/** One set: all engines' statements together, since which gateway one is for is told by the statements. */
export function projectPolicies(source: string, root: MapNode, engine: CedarEngine | null): ProjectPolicies {
  const engines = enginesOf(root);
  const all = engines.flatMap(({ statements }) => statements).slice(0, MAX_POLICIES);
  const enforced = new Set(engines.filter(({ silent }) => !silent).flatMap(({ statements }) => statements));
  const deciding = all.filter((node) => enforced.has(node));
  if (all.length === 0) return { permissions: [], problems: [], any: false };
  return { any: true, permissions: deciding.length > 0 ? [read(source, deciding, engine).permissions()] : [], problems: read(source, all, engine).problems() };
}

function enginesOf(root: MapNode): readonly Engine[] {
  const gateways = mapsOf(valueOf(root, 'agentCoreGateways')).map((gateway) => at(gateway, 'policyEngineConfiguration'));
  return mapsOf(valueOf(root, 'policyEngines')).map((one): Engine => {
    const name = textOf(valueOf(one, 'name'));
    const users = gateways.filter((use) => name !== null && textOf(at(use, 'policyEngineName')) === name);
    return {
      silent: users.length > 0 && users.every((use) => textOf(at(use, 'mode')) === 'LOG_ONLY'),
      statements: mapsOf(valueOf(one, 'policies')).flatMap((policy): ScalarNode[] => {
        const node = resolve(valueOf(policy, 'statement'));
        return node?.kind === 'scalar' && typeof node.value === 'string' ? [node] : [];
      }),
    };
  });
}

/** Statements as one text, so that what one says of callers and gateways counts for the others. */
function read(source: string, statements: readonly ScalarNode[], engine: CedarEngine | null): { permissions(): ForeignPermissions; problems(): readonly Problem[] } {
  const pieces: { readonly from: number; readonly to: number; readonly place: (span: Span) => Span }[] = [];
  let text = '';
  for (const node of statements) {
    const from = text.length;
    const places = scalarMap(source, node);
    const within = (offset: number): number => Math.max(0, Math.min(offset - from, node.text.length));
    text += `${node.text}\n`;
    pieces.push({ from, to: text.length, place: ({ start, end }) => places.span(within(start), within(end)) });
  }
  const moved = (span: Span): Span => (pieces.find(({ to }) => span.start < to) ?? pieces[pieces.length - 1])?.place(span) ?? span;
  const { policies: heads, complete } = readPolicies(text);
  const parsed = engine?.parse(text) ?? null;
  return {
    permissions() {
      const permissions = engine && parsed ? permissionsOf(text, parsed.policies, heads, parsed.faults.length === 0, engine) : permissionsOfHeads(heads, complete);
      return { ...permissions, rules: permissions.rules.map((rule) => ({ ...rule, span: moved(rule.span) })) };
    },
    problems: () => runRules(rules, { heads, faults: parsed?.faults ?? [] }).map((problem) => ({
      ...problem, span: moved(problem.span), ...(problem.fixes ? { fixes: problem.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: moved(edit.span) })) })) } : {}),
    })),
  };
}
