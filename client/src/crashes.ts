// What happens when the server ends unasked: it is started again, a limited number of times, and the user is told.
import { commands, window, type LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, State, type BaseLanguageClient, type CloseHandlerResult, type ErrorHandler, type ErrorHandlerResult } from 'vscode-languageclient';

const MAX_RESTARTS = 5;
const WITHIN_MS = 3 * 60_000;

/** Counts the ends of one session; `forget` starts over, for a restart that the user asked for. What it says, it says once it is so. */
export class Crashes implements ErrorHandler {
  private times: number[] = [];
  private running = false;
  /** it ended unasked, and the client starts it again */
  private again = false;

  constructor(private readonly log: LogOutputChannel, private readonly now: () => number = Date.now) {}

  forget(): void {
    this.times = [];
  }

  /** A message that could not be sent or read: the connection goes on, the log knows. */
  error(error: Error): ErrorHandlerResult {
    this.log.error(`The connection to the server reports: ${error.message}`);
    return { action: ErrorAction.Continue, handled: true };
  }

  /** Follows the server and tells of what the client does about its end. */
  state(now: State): void {
    this.running = now === State.Running;
    if (now === State.Running && this.again) tell(window.showWarningMessage, 'The Countersign server stopped unexpectedly and was started again.', ['Show Output']);
    if (now === State.StartFailed) {
      const words = this.again ? 'stopped unexpectedly and could not be started again' : 'did not start';
      tell(window.showErrorMessage, `The Countersign server ${words}, so nothing is checked. The output says why.`, ['Restart Server', 'Show Output']);
    }
    if (now === State.Running || now === State.StartFailed) this.again = false;
  }

  closed(): CloseHandlerResult {
    // one that ends before it has begun would only end again
    if (!this.running) return { action: CloseAction.DoNotRestart, handled: true };
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < WITHIN_MS), now];
    if (this.times.length <= MAX_RESTARTS) {
      this.log.warn(`The server stopped unexpectedly (${this.times.length} of ${MAX_RESTARTS} in ${WITHIN_MS / 60_000} minutes) and is started again.`);
      this.again = true;
      return { action: CloseAction.Restart, handled: true };
    }
    this.log.error(`The server stopped ${this.times.length} times in ${WITHIN_MS / 60_000} minutes and stays stopped.`);
    tell(window.showErrorMessage, `The Countersign server stopped ${this.times.length} times in ${WITHIN_MS / 60_000} minutes and stays stopped. Findings are no longer updated.`, ['Restart Server', 'Show Output']);
    return { action: CloseAction.DoNotRestart, handled: true };
  }
}

/** What the client insists on showing are starts and ends of the server: these we tell ourselves, once and with a next step; the log has both. */
export function onlyOurWords(client: BaseLanguageClient): void {
  const error = client.error.bind(client);
  client.error = (message, data, show) => error(message, data, show === 'force' ? false : show);
}

const COMMANDS = { 'Restart Server': 'countersign.restartServer', 'Show Output': 'countersign.showOutput' } as const;
type Button = keyof typeof COMMANDS;

/** Shows a message whose buttons run our commands; nobody waits for it. */
export function tell(show: (message: string, ...items: string[]) => Thenable<string | undefined>, message: string, buttons: readonly Button[]): void {
  void show(message, ...buttons).then((chosen) => {
    if (chosen) void commands.executeCommand(COMMANDS[chosen as Button]);
  });
}
