// Spans, lines, edits, patterns, dates: what every layer above speaks in.
export * from './span';
export * from './line-index';
export * from './edit';
export * from './nearest';
export * from './pattern';
export * from './time';
export * from './problem';
export * from './pattern-overlap';
export * from './detached';
