// The extension behind a page: messages, and the state that outlives the page while it is hidden.

interface Api {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Api;

export interface Channel<From, To> {
  send(message: From): void;
  receive(handle: (message: To) => void): void;
  load(): unknown;
  save(state: unknown): void;
}

/** Once for a page. */
export function connect<From, To>(): Channel<From, To> {
  const api = acquireVsCodeApi();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window, but the editor's own channel
    send: (message) => api.postMessage(message),
    receive: (handle) => window.addEventListener('message', (event: MessageEvent<To>) => handle(event.data)),
    load: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

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
