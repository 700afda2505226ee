// What many regions say, in few cases and in words: for the answers of `who` and `can`, and for reviews.
export { alternativesOf, type Conjunction, type Alternatives, type Condition } from './united';
export { conditionWords, listed } from './words';
