// The features for editors, one line each: plain functions over a workspace.
import { codeActions } from './actions';
import { incomingCalls, outgoingCalls, prepareCalls } from './calls';
import { complete } from './complete';
import { newDocument } from './complete/skeletons';
import { folding } from './folding';
import { format } from './format';
import { hints } from './hints';
import { hover } from './hover';
import { lenses } from './lenses';
import { linkedEditing } from './linked';
import { links } from './links';
import { declaration, definition, highlights, implementations, references } from './names/navigate';
import { prepareRename, rename } from './names/rename';
import { movedPaths } from './names/rename/moved-paths';
import { selectionRanges } from './selection';
import { documentSymbols } from './symbols/document';
import { workspaceSymbols } from './symbols/workspace';
import type { Ide } from './types';

export type * from './types';
export * from './simulate';
export { adopt, adoptable, type AdoptedFile } from './adopt';
export { alternativesOf, conditionWords, listed, type Condition, type Conjunction } from './alternatives';
export * from './review';
export * from './matrix';
export * from './snippets';
export { agentParts, agentSummaries, nextStage, type AgentParts, type AgentSummary } from './agents';
export { fileOwners, type FileOwners } from './ownership/file';
export { sourceWords } from './ownership/words';
export { exampleOfAgent, exampleOfRule } from './lenses';
export { placesOfRule } from './rule-uses';
export { casesOf, runCases, testDocuments, testPaths } from './tests';

export const ide: Ide = {
  hover,
  complete,
  documentSymbols,
  workspaceSymbols,
  folding,
  selectionRanges,
  links,
  format,
  codeActions,
  definition,
  declaration,
  implementations,
  references,
  highlights,
  prepareRename,
  rename,
  moveFiles: movedPaths,
  linkedEditing,
  prepareCalls,
  incomingCalls,
  outgoingCalls,
  hints,
  lenses,
  newDocument: (workspace, kind, name) => newDocument(kind, name, (path) => workspace.exists(path)),
};
