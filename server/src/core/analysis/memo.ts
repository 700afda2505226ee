// What one answer leaves for the next: an edit of a policy changes neither agents nor Catalog, and of the rules only few.
import type { Agent, Catalog } from '../model';
import type { CompiledPolicy, CompiledRule, PolicySet } from '../policy';
import type { ConditionReader } from './read-condition';
import type { RuleIndex } from './rule-index';
import type { KnownAgent } from './side';
import type { Space } from './space';

/** Kept as long as the Catalog is the same. */
export interface CatalogMemo {
  readonly agents: WeakMap<Agent, KnownAgent>;
  /** what decisions see of an agent, as text */
  readonly agentTexts: WeakMap<Agent, string>;
  /** beside another Catalog: of a place whether both declare the same */
  readonly alike: WeakMap<Catalog, Map<string, boolean>>;
}

export interface AnalysisMemo {
  /** what rules say, as text */
  readonly texts: WeakMap<CompiledRule, string>;
  /** a rule of another state that is written alike */
  readonly twins: WeakMap<CompiledRule, CompiledRule>;
  readonly indexes: WeakMap<readonly PolicySet[], RuleIndex>;
  readonly readers: WeakMap<CompiledPolicy, ConditionReader>;
  readonly catalogs: WeakMap<Catalog, CatalogMemo>;
  /** the last space that was enumerated, and what it was made of */
  space: { readonly of: readonly object[]; readonly space: Space } | null;
}

export const createAnalysisMemo = (): AnalysisMemo => ({ texts: new WeakMap(), twins: new WeakMap(), indexes: new WeakMap(), readers: new WeakMap(), catalogs: new WeakMap(), space: null });

export function catalogMemo(memo: AnalysisMemo, catalog: Catalog): CatalogMemo {
  let known = memo.catalogs.get(catalog);
  if (!known) memo.catalogs.set(catalog, (known = { agents: new WeakMap(), agentTexts: new WeakMap(), alike: new WeakMap() }));
  return known;
}
