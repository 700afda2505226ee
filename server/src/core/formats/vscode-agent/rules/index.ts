// The findings of custom agents, one line each.
import type { Span } from '../../../text';
import type { MapNode } from '../../../yaml';
import type { FormatRule } from '../../rule';
import type { ReadAgent } from '../read-agent';
import { agentsWithoutAgentTool } from './agents-without-agent-tool';
import { noDescription, promptTooLong } from './copilot-limits';
import { inputVariable } from './input-variable';
import { noFrontmatter } from './no-frontmatter';
import { serversIgnored } from './servers-ignored';
import { toolsNotAList } from './tools-not-a-list';
import { unknownTool } from './unknown-tool';

export interface AgentSubject extends ReadAgent {
  readonly text: string;
  readonly root: MapNode | null;
  /** the file's first line */
  readonly top: Span;
  /** where the text below the frontmatter begins; null without one */
  readonly body: number | null;
}

export const rules: readonly FormatRule<AgentSubject>[] = [
  noFrontmatter,
  toolsNotAList,
  unknownTool,
  agentsWithoutAgentTool,
  serversIgnored,
  inputVariable,
  noDescription,
  promptTooLong,
];
