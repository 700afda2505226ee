// The findings of Docker agent files, one line each.
import type { FormatRule } from '../../rule';
import type { TeamAgent } from '../read-agents';
import type { TeamRule } from '../permissions';
import { askNeverAsks } from './ask-never-asks';
import { unknownSubAgent } from './unknown-sub-agent';

export interface TeamSubject {
  readonly text: string;
  readonly agents: readonly TeamAgent[];
  readonly permissions: readonly TeamRule[];
}

export const rules: readonly FormatRule<TeamSubject>[] = [
  unknownSubAgent,
  askNeverAsks,
];
