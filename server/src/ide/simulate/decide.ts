// The decision that the simulator shows: of the text as it is now, in words, with links.
import { declaresOf, parseRequest, type Request } from '../../core/model';
import { ENGINE } from '../../core/policy';
import { AGENTS, CATALOG, type Workspace } from '../../core/workspace';
import type { PlainValue } from '../../core/yaml';
import type { SimulatorDecideResult } from '../../protocol';
import { referrer, type Locate } from './trace';
import { approvalWords, obligationWords, requestWords, sentenceOf } from './words';

export interface SimulateOptions {
  /** the clock, milliseconds since 1970 */
  readonly now: number;
  readonly locate: Locate;
}

/** Never throws: what is no request is told with its field. */
export function simulate(workspace: Workspace, written: unknown, { now, locate }: SimulateOptions): SimulatorDecideResult {
  const parsed = parseRequest(written as PlainValue);
  if ('bad' in parsed) return { error: { field: parsed.bad.field, message: sentence(parsed.bad.message) } };
  const { request } = parsed;
  const engine = workspace.shared(ENGINE);
  const decision = engine.decide(request, { at: now });
  const refer = referrer(workspace, locate);
  const found = workspace.shared(AGENTS).find(request.agent);
  const agent = found === 'ambiguous' ? null : found;
  const catalog = workspace.shared(CATALOG);
  return {
    decision: {
      effect: decision.effect, cause: decision.cause,
      sentence: sentenceOf(decision, request, agent, agent !== null && declaresOf(agent)(request.action, request.resource.id), engine.world.policies.length),
      rules: decision.rules.map(refer.rule),
      approvals: decision.approvals.map((approval) => approvalWords(approval, catalog)),
      obligations: decision.obligations.map(obligationWords),
      warnings: decision.warnings, incomplete: decision.incomplete, unknown: decision.unknown,
      ...refer.trace(decision),
      words: requestWords(request),
    },
  };
}

/** The request that was written, or null. */
export function requestOf(written: unknown): Request | null {
  const parsed = parseRequest(written as PlainValue);
  return 'bad' in parsed ? null : parsed.request;
}

const sentence = (message: string): string => (message.endsWith('.') ? message : `${message}.`);
