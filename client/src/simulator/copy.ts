// "Copy…": the request in a form that something else takes.
import { env, window, type QuickPickItem } from 'vscode';
import { SIMULATOR_COPY, type SimulatorCopyParams, type SimulatorCopyResult, type SimulatorDecideParams } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';

interface Form extends QuickPickItem {
  readonly as: SimulatorCopyParams['as'];
  readonly said: string;
}

const FORMS: readonly Form[] = [
  { as: 'short', label: 'JSON', detail: 'The short form, as in PolicyTests.', said: 'Copied as JSON.' },
  { as: 'authzen', label: 'AuthZEN request', detail: 'For policy decision points that speak the OpenID AuthZEN Authorization API.', said: 'Copied as an AuthZEN request.' },
  { as: 'command', label: 'Command line', detail: 'countersign simulate …', said: 'Copied as a command line.' },
];

/** Gives what to say about it; undefined where nothing was copied. */
export async function copyRequest(server: Server, params: SimulatorDecideParams): Promise<string | undefined> {
  const chosen = await window.showQuickPick(FORMS, { title: 'Countersign: Copy the Request', placeHolder: 'As what' });
  if (!chosen) return undefined;
  const text = await server.ask<SimulatorCopyResult>(SIMULATOR_COPY, { ...params, as: chosen.as } satisfies SimulatorCopyParams);
  if (typeof text !== 'string') {
    tell(window.showWarningMessage, 'There is no valid request to copy yet: fill in what the simulator marks.', []);
    return undefined;
  }
  await env.clipboard.writeText(text);
  return chosen.said;
}
