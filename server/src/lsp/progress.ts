// The progress of reading, shown only when it takes long enough to wonder, and only where the client can.
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Host } from './host';

export interface Progress {
  begin(): { report(done: number, total: number): void; end(): void };
}

/** milliseconds before anything is shown, and between two reports */
const PATIENCE = 400;
const PACE = 200;

export function createProgress(connection: Connection, host: Host, supported: () => boolean): Progress {
  return {
    begin() {
      if (!supported()) return { report() {}, end() {} };
      let reporter: WorkDoneProgressServerReporter | null = null;
      let ended = false;
      let last = 0;
      const cancel = host.timer.after(PATIENCE, () => {
        connection.window.createWorkDoneProgress().then(
          (created) => {
            if (ended) return;
            created.begin('Countersign', 0, 'reading files', false);
            reporter = created;
          },
          () => {},
        ).catch(() => {});
      });
      return {
        report(done, total) {
          if (!reporter || host.now() - last < PACE) return;
          last = host.now();
          reporter.report(Math.floor((done / Math.max(1, total)) * 100), `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`);
        },
        end() {
          ended = true;
          cancel();
          reporter?.done();
        },
      };
    },
  };
}
