// Review by meaning: a difference with what its readers need.
export { accepts, readAccepted, type AcceptedEntry, type AcceptedFile } from './accepted';
export { acceptEdit } from './accept-edit';
export { agentChangeWords } from './agent-words';
export { agentChanges, type AgentChange, type FieldChange } from './agent-changes';
export { groupItems, partsWords, sentenceOf, type ReviewGroup } from './groups';
export { outcomeJson, outcomeWords, ruleIds } from './outcome';
export { incompleteParts, incompleteWords } from './incomplete';
export { openCounts, reviewOf, type AcceptedNote, type Review, type ReviewItem, type RulePlace } from './review';
export { GLYPHS, HEADINGS, beforeWords, exampleWords, headingOf, nowWords } from './words';
export { suggestTests, suggestedDocument, type SuggestOptions, type SuggestedCase, type Suggestions } from './suggest';
