// What goes to the client unasked. A client that is gone is no reason to fall: what cannot be sent is dropped.
import type { Connection } from 'vscode-languageserver';
import type { Host } from './host';

export interface Outbox {
  notify(method: string, params: unknown): void;
  /** Resolves with the answer, or undefined where there is none. */
  ask(method: string, params?: unknown): Promise<unknown>;
  /** a part of an answer */
  part(token: string | number, value: unknown): void;
  warn(message: string): void;
  error(message: string): void;
}

export function createOutbox(connection: Connection): Outbox {
  const attempt = async (send: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await send();
    } catch {
      return undefined;
    }
  };
  const notify = (method: string, params: unknown): void => void attempt(() => connection.sendNotification(method, params));
  return {
    notify,
    ask: (method, params) => attempt(() => (params === undefined ? connection.sendRequest(method) : connection.sendRequest(method, params))),
    part: (token, value) => notify('$/progress', { token, value }),
    warn: (message) => notify('window/logMessage', { type: 2, message }),
    error: (message) => notify('window/logMessage', { type: 1, message }),
  };
}

/** The host with timers whose work cannot bring the server down. */
export function safeHost(host: Host, failed: (error: unknown) => void): Host {
  const safe = (run: () => void) => (): void => {
    try {
      run();
    } catch (error) {
      failed(error);
    }
  };
  return { ...host, now: () => host.now(), timer: { soon: (run) => host.timer.soon(safe(run)), after: (milliseconds, run) => host.timer.after(milliseconds, safe(run)) } };
}
