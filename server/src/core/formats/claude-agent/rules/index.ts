// The findings of Claude Code's subagents, one line each.
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';
import { agentList } from './agent-list';
import { allTools } from './all-tools';
import { badName } from './bad-name';
import { bypassMode } from './bypass-mode';
import { hookMatcher } from './hook-matcher';
import { ignoredInPlugin } from './ignored-in-plugin';
import { ignoredKey } from './ignored-key';
import { noDescription } from './no-description';
import { noName } from './no-name';
import { notGiven } from './not-given';
import { unknownTool } from './unknown-tool';
import { wrongMode } from './wrong-mode';

export const rules: readonly FormatRule<SubagentSubject>[] = [noName, noDescription, badName, ignoredKey, allTools, unknownTool, notGiven, agentList, wrongMode, bypassMode, ignoredInPlugin, hookMatcher];
