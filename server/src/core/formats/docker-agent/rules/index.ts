// The findings of Docker agent files, one line each.
import type { FormatRule } from '../../rule';
import type { Spanned } from '../../format';
import type { TeamAgent } from '../read-agents';
import type { TeamRule } from '../permissions';
import { askNeverAsks } from './ask-never-asks';
import { autonomous } from './autonomous';
import { unknownSubAgent } from './unknown-sub-agent';

export interface TeamSubject {
  readonly text: string;
  readonly agents: readonly TeamAgent[];
  readonly permissions: readonly TeamRule[];
  /** what `safety` says, each place once */
  readonly modes: readonly Spanned<string>[];
}

export const rules: readonly FormatRule<TeamSubject>[] = [
  unknownSubAgent,
  askNeverAsks,
  autonomous,
];
