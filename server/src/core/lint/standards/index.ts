// Standards as code: read, compiled, asked of every agent.
export { STANDARDS, type ReadyStandard, type Standards } from './all';
export { RequirementError } from './compile';
export { asksForKey, requirementFixes, snippetBody } from './fix';
export { insertExample, insertSnippet, type Target } from './insert';
export { placeOf } from './place';
export { isOn, missingFor, nextLifecycle, resultsOf, resultsOfAll, type AgentResults, type RequirementResult } from './results';
export { subjectsOf, type Subject } from './subject';
export { codeOf, type Requirement, type Standard } from './types';
export { approverIsOwner, approverIsUnknown, waiverFault, waiversOf, type Waiver, type WaiverFault } from './waivers';
