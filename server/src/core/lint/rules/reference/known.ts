// Whether a name is known to the workspace, and what else it might have been. "Not declared anywhere" is never "unknown".
import type { NameKind } from '../../../documents';
import { isPattern, pattern, patternsOverlap } from '../../../text';
import type { Queries } from '../../../workspace';
import { SHIPPED_SNIPPETS, SHIPPED_STANDARDS } from '../../shipped';

/** `unknown`: the workspace declares names of the kind, this is none of them. `unjudged`: it declares too little to say. */
export type Verdict = 'known' | 'unknown' | 'unjudged';

export interface Looked {
  readonly verdict: Verdict;
  /** the names it might have been; asked for only when unknown */
  readonly candidates: () => readonly string[];
  /** what is declared, where that is not the same */
  readonly shown?: () => readonly string[];
}

const NONE: readonly string[] = [];
const ACTIONS: readonly string[] = ['call', 'read', 'write', 'delete', 'delegate', 'invoke', 'respond', 'deploy'];

const looked = (verdict: Verdict, candidates: () => Iterable<string> = () => NONE): Looked => ({ verdict, candidates: () => [...candidates()] });

/** Looks a name of a kind up. Tools and models have rules of their own. */
export function lookUp(queries: Queries, kind: NameKind, name: string): Looked {
  if (kind === 'tool') return lookUpTool(queries, name);
  if (kind === 'model') return lookUpModel(queries, name);
  if (kind === 'action') return looked(ACTIONS.includes(name) ? 'known' : 'unknown', () => ACTIONS);
  if (queries.has(kind, name)) return looked('known');
  if (kind === 'snippet' && SHIPPED_SNIPPETS.has(name)) return looked('known');
  if (kind === 'standard' && SHIPPED_STANDARDS.has(name)) return looked('known');
  if (!queries.declares(kind)) return looked('unjudged');
  const shipped = kind === 'snippet' ? SHIPPED_SNIPPETS : kind === 'standard' ? SHIPPED_STANDARDS : NONE;
  return looked('unknown', () => [...queries.names(kind), ...shipped]);
}

/** A server of which no tool is declared leaves its tools open, as long as the server itself is known. */
function lookUpTool(queries: Queries, name: string): Looked {
  if (queries.has('tool', name)) return looked('known');
  if (!queries.declares('tool')) return looked('unjudged');
  const server = name.slice(0, name.indexOf('/') + 1);
  const tools = [...queries.names('tool')];
  const declaredOfServer = server !== '' && tools.some((tool) => tool.startsWith(server));
  if (!declaredOfServer && server !== '' && queries.has('server', server.slice(0, -1))) return looked('unjudged');
  return looked('unknown', () => tools);
}

/** The keys of `models` are patterns; behind a provider that was misspelt the name is kept. */
function lookUpModel(queries: Queries, name: string): Looked {
  if (!queries.declares('model')) return looked('unjudged');
  const patterns = [...queries.names('model')];
  const model = name.slice(name.indexOf('/') + 1);
  const verdict = patterns.some((p) => pattern(p).matches(name)) ? 'known' : 'unknown';
  return { verdict, candidates: () => patterns.map((p) => (p.endsWith('/*') ? `${p.slice(0, -1)}${model}` : p)).filter((p) => !isPattern(p)), shown: () => patterns };
}

/** Whether a pattern over names of a kind matches one that is declared. */
export function patternMatches(queries: Queries, kind: NameKind, source: string): Verdict {
  if (kind === 'action') return ACTIONS.some((action) => pattern(source).matches(action)) ? 'known' : 'unknown';
  if (source === '*' || !queries.declares(kind)) return source === '*' ? 'known' : 'unjudged';
  if (kind === 'model') return [...queries.names('model')].some((declared) => patternsOverlap(declared, source)) ? 'known' : 'unknown';
  const compiled = pattern(source);
  for (const name of queries.names(kind)) if (compiled.matches(name)) return 'known';
  if (kind === 'tool') {
    const tools = [...queries.names('tool')];
    for (const server of queries.names('server')) if (!tools.some((t) => t.startsWith(`${server}/`)) && patternsOverlap(`${server}/*`, source)) return 'unjudged';
  }
  return 'unknown';
}
