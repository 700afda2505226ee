// Findings: rules, their documentation, suppression, severities.
export * from './finding';
export * from './rule';
export * from './registry';
export * from './linter';
export * from './condition-environment';
