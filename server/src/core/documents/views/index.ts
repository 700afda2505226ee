// Typed views of the documents: plain data with places.
export { valueAt, type Field, type Located } from './read';
export { metadataView, type MetadataView } from './metadata';
export * from './agent';
export * from './manifest';
export * from './catalog';
export { policyView, EFFECTS, ACTIONS, RESOURCE_TYPES, OBLIGATIONS, type Effect, type Action, type ResourceType, type ObligationName, type ObligationView, type Patterns, type ConditionField, type PolicyView, type RuleView, type ApprovalView } from './policy';
export * from './standard';
export * from './policy-test';
export * from './library';
export * from './config';
