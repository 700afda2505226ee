// The analysis: policies and agents over all requests at once.
export * from './types';
export { DEFAULT_BUDGET, differenceOf, differenceSteps } from './difference';
export { createAnalysisMemo, type AnalysisMemo } from './memo';
export { answerJson, differenceJson, outcomeJson, type AnswerJson, type DifferenceJson, type OutcomeJson, type RegionJson } from './json';
export { can, canSteps, who, whoSteps } from './answers';
export { findingSteps, findingsOf, type AnalysisFinding, type AnalysisFindings } from './findings';
