// Text to a tree with spans: YAML, JSON, and the places of a scalar's decoded characters.
export * from './tree';
export * from './limits';
export * from './scalar';
export * from './parse-yaml';
export { ParseMemo } from './blocks';
export { compose } from './compose';
export { shiftScalar, shiftSpan } from './shift';
export * from './parse-json';
export * from './plain-value';
