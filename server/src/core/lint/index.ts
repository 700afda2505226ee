// Findings: rules, their documentation, suppression, severities.
export * from './finding';
export * from './rule';
export * from './registry';
export { codeBody, codePage } from './code-page';
export * from './linter';
export { ANALYSIS_RUN, analyse, type AnalysisRun } from './analysis';
export * from './condition-environment';
export * from './standards';
export { SHIPPED, SHIPPED_BODIES, SHIPPED_SNIPPETS, SHIPPED_STANDARDS } from './shipped';
