// The findings of Docker agent files, one line each.
import type { FormatRule } from '../../rule';
import type { TeamAgent } from '../read-agents';
import { unknownSubAgent } from './unknown-sub-agent';

export interface TeamSubject {
  readonly text: string;
  readonly agents: readonly TeamAgent[];
}

export const rules: readonly FormatRule<TeamSubject>[] = [
  unknownSubAgent,
];
