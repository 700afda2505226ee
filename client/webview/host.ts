// The extension behind the page: messages, and the state that outlives the page while the view is hidden.
import type { FromPage, ToPage } from '../src/simulator/messages';

interface Api {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window, but the editor's own channel
export const send = (message: FromPage): void => api.postMessage(message);
export const load = (): unknown => api.getState();
export const save = (state: unknown): void => api.setState(state);
export const receive = (handle: (message: ToPage) => void): void => window.addEventListener('message', (event: MessageEvent<ToPage>) => handle(event.data));

/** Asks one question at a time: what comes while an answer is awaited is asked once, with what then holds. */
export function newestWins(ask: (n: number) => boolean): { ask(): void; answered(n: number): boolean } {
  let current = 0;
  let waiting = false;
  let again = false;
  const channel = {
    ask() {
      if (waiting) {
        again = true;
        return;
      }
      waiting = ask(++current);
    },
    answered(n: number): boolean {
      if (n !== current) return false;
      waiting = false;
      if (again) {
        again = false;
        channel.ask();
      }
      return true;
    },
  };
  return channel;
}
