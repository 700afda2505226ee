// Files that other tools own: recognised, read with spans, and checked for what governance needs.
export * from './format';
export * from './rule';
export * from './registry';
export * from './frontmatter';
