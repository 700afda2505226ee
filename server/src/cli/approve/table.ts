// What is approved, in words: all that the agent may do once its gates are open.
import type { Agent, AgentGate } from '../../core/model';
import { Engine, matrixColumns } from '../../core/policy';
import type { MatrixEffect } from '../../core/policy';
import { cellWords } from '../../ide';

export interface TableRow {
  readonly action: string;
  readonly resource: string;
  /** null: in no named environment */
  readonly environment: string | null;
  readonly effect: MatrixEffect;
  /** what is decided and why, in a line */
  readonly words: string;
  /** ids of the rules that decide, or may */
  readonly rules: readonly string[];
}

/** What is decided where the gates hold, in their environments; denials are left out. */
export function decisionTable(engine: Engine, agent: Agent, gates: readonly AgentGate[], at: number): readonly TableRow[] {
  // the decisions as they would be without the gates
  const free: Agent = { ...agent, gates: [] };
  const ungated = new Engine({ ...engine.world, agents: { ...engine.world.agents, find: () => free } });
  const environments = [...new Set(gates.map((gate) => gate.environment))];
  const columns = matrixColumns(engine);
  return environments.flatMap((environment) => columns.flatMap((column): TableRow[] => {
    if (column.action === 'deploy' && environment !== null && column.resource !== `environment:${environment}`) return [];
    const { cell, line, rules } = cellWords(ungated, free, column, { environment, at, args: null });
    return cell.effect === 'deny' ? [] : [{ action: column.action, resource: column.resource, environment: column.action === 'deploy' ? null : environment, effect: cell.effect, words: line.replaceAll('`', ''), rules }];
  }));
}

export const rowName = ({ action, resource, environment }: TableRow): string => `${action} ${resource}${environment === null ? '' : ` in ${environment}`}`;
