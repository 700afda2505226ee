// The running server as the features see it: ask it something, start it again, hear when it is ready.
import type { Disposable, LogOutputChannel } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { Crashes } from './crashes';

export class Server {
  private starting: Promise<void> | undefined;

  constructor(readonly client: BaseLanguageClient, readonly log: LogOutputChannel, private readonly crashes: Crashes) {}

  /** Starts it; a server that does not start is reported (see `Crashes`), not thrown. */
  start(): Promise<void> {
    this.starting ??= this.client
      .start()
      .catch((error: unknown) => this.log.error(`The server did not start: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => (this.starting = undefined));
    return this.starting;
  }

  async restart(): Promise<void> {
    this.crashes.forget();
    await this.starting;
    // A server that hangs does not answer the request to stop either; the client then ends it, and says so by an error.
    if (this.client.needsStop()) await this.client.stop().catch((error: unknown) => this.log.warn(`Stopping the server: ${String(error)}`));
    await this.start();
  }

  get running(): boolean {
    return this.client.state === State.Running;
  }

  /** The answer to a request, or undefined where there is none (the server is not running, or failed). */
  async ask<R>(method: string, params: unknown): Promise<R | undefined> {
    await this.starting;
    if (!this.running) return undefined;
    try {
      return await this.client.sendRequest<R>(method, params);
    } catch (error) {
      this.log.error(`${method}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  async notify(method: string, params: unknown): Promise<void> {
    if (this.running) await this.client.sendNotification(method, params);
  }

  /** Calls back each time it has started, also after a crash. */
  onRunning(callback: () => void): Disposable {
    return this.client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) callback();
    });
  }
}
