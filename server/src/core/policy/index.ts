// Decisions: rules compiled and indexed, requests decided and explained.
export { cutAt, cutProblem } from './cut';
export { malformedRules, soundness, type MalformedRule, type PolicySoundness } from './malformed';
