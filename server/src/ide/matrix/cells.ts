// The cells of the matrix, a letter each, and why one is as it is, in a line.
import { declaresOf, shortForm, type Agent, type Declares } from '../../core/model';
import { ENGINE, matrixCell, matrixRequest, type CompiledRule, type Engine, type MatrixCell, type MatrixColumn, type MatrixOptions, type Possibility } from '../../core/policy';
import type { Workspace } from '../../core/workspace';
import { MATRIX_LETTERS, type MatrixLetter } from '../../protocol';
import { approvalWords, sentenceOf } from '../simulate/words';
import { argumentWords, type ArgumentWords } from './arguments';
import { matrixFrame } from './frame';

const LETTER = new Map(Object.entries(MATRIX_LETTERS).map(([letter, effect]) => [effect as string, letter as MatrixLetter]));

/** What an agent does not declare is most of a large matrix, so it has a letter of its own, whatever else denies it. */
const letterOf = ({ effect, column }: MatrixCell, declares: Declares): MatrixLetter =>
  effect === 'deny' && !declares(column.action, column.resource.slice(column.resource.indexOf(':') + 1)) ? 'n' : (LETTER.get(effect) ?? 'd');

/** For each agent a text with a letter for each column; places beyond the frame give nothing. */
export function matrixCells(workspace: Workspace, agents: readonly number[], columns: readonly number[], options: MatrixOptions): readonly string[] {
  const engine = workspace.shared(ENGINE);
  const frame = matrixFrame(workspace);
  return agents.map((row) => {
    const agent = frame.agents[row];
    if (!agent) return '';
    const declares = declaresOf(agent);
    let letters = '';
    for (const place of columns) {
      const column = frame.columns[place];
      if (column) letters += letterOf(matrixCell(engine, agent, column, options), declares);
    }
    return letters;
  });
}

export interface CellWhy {
  readonly line: string;
  readonly letter: MatrixLetter;
  /** in its short form */
  readonly request: unknown;
}

/** Null for a place beyond the frame. */
export function matrixWhy(workspace: Workspace, row: number, place: number, options: MatrixOptions): CellWhy | null {
  const { agents, columns } = matrixFrame(workspace);
  const [agent, column] = [agents[row], columns[place]];
  if (!agent || !column) return null;
  const { cell, line } = cellWords(workspace.shared(ENGINE), agent, column, options);
  return { line, letter: letterOf(cell, declaresOf(agent)), request: shortForm(matrixRequest(agent, column, options)) };
}

export interface CellWords {
  readonly cell: MatrixCell;
  /** what it says, in a line */
  readonly line: string;
  /** ids of the rules that decide, or may */
  readonly rules: readonly string[];
}

export function cellWords(engine: Engine, agent: Agent, column: MatrixColumn, options: MatrixOptions): CellWords {
  const request = matrixRequest(agent, column, options);
  const cell = matrixCell(engine, agent, column, options);
  const prepared = engine.prepare(request, { at: options.at });
  if (cell.effect === 'depends') {
    const possible = engine.possibilities(prepared);
    const found = argumentWords(engine, agent, column, options);
    const line = found ? `${head(found)}; otherwise ${restWords(found, possible)}.` : `The arguments decide: ${possibilitiesWords(possible)}.`;
    return { cell, line, rules: possible.flatMap(({ rules }) => rules.map((rule) => rule.id)) };
  }
  const decision = engine.decidePrepared(prepared, false);
  const told = (line: string): CellWords => ({ cell, line, rules: decision.rules.map((rule) => rule.id) });
  const { catalog, policies } = engine.world;
  const sentence = sentenceOf(decision, request, agent, declaresOf(agent)(column.action, request.resource.id), policies.length)?.replaceAll('`', '');
  const by = namesOf(decision.rules.map((rule) => rule.id));
  switch (decision.effect) {
    case 'allow':
      return told(`Allowed${by === '' ? '' : ` by ${by}`}.`);
    case 'require_approval': {
      const from = decision.approvals.map((approval) => approvalWords(approval, catalog)).map(({ from: parties, notes }) => [parties.join(' or '), ...notes].filter(Boolean).join(', '));
      return told(`Needs approval${from.length > 0 ? ` of ${from.join('; and of ')}` : ''}${by === '' ? '' : `: ${by}`}.`);
    }
    case 'deny':
      return told(sentence === undefined ? `Denied by ${by}.` : `Denied. ${sentence}`);
    case 'unknown':
      return told(`Cannot tell. ${decision.unknown[0] ?? sentence ?? ''}`.trim());
  }
}

const EFFECT = { allow: 'allowed', require_approval: 'needs approval', deny: 'denied', unknown: 'cannot tell' } as const;
const MAX_RULES = 3;
const MAX_CONDITION = 60;

const head = ({ effect, words }: ArgumentWords): string => `${effect === 'allow' ? 'Allowed' : 'Needs approval'} where ${words.replaceAll('`', "'")}`;

/** `needs approval (payments-guardrails/refund-large)` */
function restWords({ effect }: ArgumentWords, possible: readonly Possibility[]): string {
  const rest = possible.filter((one) => one.effect !== effect).reverse();
  return rest.map((one) => `${EFFECT[one.effect]}${one.rules.length > 0 ? ` (${namesOf(one.rules.map((rule) => rule.id))})` : ''}`).join(' or ') || 'denied';
}

/** The laxest first, what holds where no rule applies last. */
function possibilitiesWords(all: readonly Possibility[]): string {
  const ruled = all.filter(({ rules }) => rules.length > 0).reverse();
  const rest = all.filter(({ rules }) => rules.length === 0);
  return [...ruled.map(possibilityWords), ...rest.map(({ effect }) => `otherwise ${EFFECT[effect]}`)].join('; ');
}

/** `needs approval where variables.large (payments-guardrails/refund-large)` */
function possibilityWords({ effect, rules }: Possibility): string {
  const [rule] = rules;
  if (rules.length === 1 && rule) {
    const condition = conditionWords(rule);
    return `${EFFECT[effect]}${condition === '' ? '' : ` where ${condition}`} (${rule.id})`;
  }
  return `${EFFECT[effect]} (${namesOf(rules.map((one) => one.id))})`;
}

function conditionWords({ when, unless }: CompiledRule): string {
  const code = (text: string): string => {
    const line = text.replaceAll('`', "'").replace(/\s+/g, ' ').trim();
    return `\`${line.length > MAX_CONDITION ? `${line.slice(0, MAX_CONDITION - 1)}…` : line}\``;
  };
  return [when && code(when.place.node.text), unless && `not ${code(unless.place.node.text)}`].filter((part): part is string => typeof part === 'string').join(' and ');
}

function namesOf(ids: readonly string[]): string {
  const names = [...new Set(ids)].sort();
  return names.length > MAX_RULES ? `${names.slice(0, MAX_RULES).join(', ')} and ${names.length - MAX_RULES} more` : names.join(', ');
}
