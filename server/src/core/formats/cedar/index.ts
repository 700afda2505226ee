// Cedar: the interface of its engine, and policies seen from a request that is known in part.
export * from './engine';
export { cedarEngine, type CedarModule } from './adapter';
export { conditionOf } from './condition';
export { entitiesIn, outcomesOfPolicy, clausesOf } from './policy';
export type { CedarRequest, Entity, EntityStore } from './evaluate';
export { ANYTHING, EITHER, ERROR, FALSE, TRUE, entityOf, text, valueOfArgument, valueOfJson, type Outcomes, type Result, type Value } from './values';
