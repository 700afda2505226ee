// The safe wrapper of every handler: cancellation, phases of the session, malformed parameters, and faults that stay with their request.
import { LSPErrorCodes, ErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

export type Phase = 'created' | 'initialized' | 'shutdown';

export interface Guard {
  phase: Phase;
  /** A request handler; what it throws is logged and answered. */
  request<P, R, Rest extends unknown[]>(name: string, run: (params: P, token: CancellationToken, ...rest: Rest) => R | Promise<R>): (params: P, token: CancellationToken, ...rest: Rest) => Promise<R>;
  /** A notification handler; what it throws is logged. */
  notification<P>(name: string, run: (params: P) => void | Promise<void>): (params: P) => Promise<void>;
}

export class Malformed extends Error {}

export function createGuard(log: (message: string) => void): Guard {
  const guard: Guard = {
    phase: 'created',
    request: (name, run) => async (params, token, ...rest) => {
      if (guard.phase === 'created') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
      if (guard.phase === 'shutdown') throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.');
      checkCancelled(token);
      try {
        return await run(params, token, ...rest);
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        if (error instanceof Malformed) throw new ResponseError(ErrorCodes.InvalidParams, `${name}: ${error.message}`);
        log(`${name} failed: ${describe(error)}`);
        throw new ResponseError(ErrorCodes.InternalError, `Countersign failed in ${name}: ${error instanceof Error ? error.message : String(error)}. This is a fault of Countersign; please report it.`);
      }
    },
    notification: (name, run) => async (params) => {
      if (guard.phase !== 'initialized') return;
      try {
        await run(params);
      } catch (error) {
        log(error instanceof Malformed ? `${name} was ignored: ${error.message}` : `${name} failed: ${describe(error)}`);
      }
    },
  };
  return guard;
}

export const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

export function checkCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/** The URI of `params.textDocument`, or a refusal. */
export function uriOf(params: unknown): string {
  const uri = (params as { textDocument?: { uri?: unknown } } | null | undefined)?.textDocument?.uri;
  if (typeof uri !== 'string') throw new Malformed('`textDocument.uri` must be a text');
  return uri;
}

export function positionOf(value: unknown, name = 'position'): { line: number; character: number } {
  const { line, character } = (value ?? {}) as { line?: unknown; character?: unknown };
  if (!isCount(line) || !isCount(character)) throw new Malformed(`\`${name}\` must hold \`line\` and \`character\``);
  return { line, character };
}

export function rangeOf(value: unknown, name = 'range'): { start: { line: number; character: number }; end: { line: number; character: number } } {
  const { start, end } = (value ?? {}) as { start?: unknown; end?: unknown };
  return { start: positionOf(start, `${name}.start`), end: positionOf(end, `${name}.end`) };
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
