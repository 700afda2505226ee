// The features for editors, one line each: plain functions over a workspace.
import { codeActions } from './actions';
import { complete } from './complete';
import { newDocument } from './complete/skeletons';
import { folding } from './folding';
import { format } from './format';
import { hover } from './hover';
import { lenses } from './lenses';
import { links } from './links';
import { definition, highlights, references } from './names/navigate';
import { selectionRanges } from './selection';
import { documentSymbols } from './symbols/document';
import { workspaceSymbols } from './symbols/workspace';
import type { Ide } from './types';

export type * from './types';
export * from './simulate';
export { agentParts, agentSummaries, type AgentParts, type AgentSummary } from './agents';
export { exampleOfAgent, exampleOfRule } from './lenses';
export { casesOf, runCases, testPaths } from './tests';

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
  references,
  highlights,
  lenses,
  newDocument: (workspace, kind, name) => newDocument(kind, name, (path) => workspace.exists(path)),
};
