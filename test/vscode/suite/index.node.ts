// Entry of the suites in an extension host with Node: desktop and remote.
import Mocha from 'mocha';
import { workspace } from 'vscode';
import { runMocha } from '../../../.scripts/editor/in-editor.mjs';
import { clean } from './support/scratch';

export function run(): Promise<void> {
  return runMocha(Mocha, async () => {
    after(clean);
    if (workspace.name === 'empty') return void (await import('./suites/empty'));
    if (!workspace.isTrusted) return void (await import('./suites/trust'));
    await import('./suites/activation');
    // before others write policies that deny what the workspace's own cases expect
    await import('./suites/tests');
    await import('./suites/diagnostics');
    await import('./suites/cedar');
    await import('./suites/language');
    await import('./suites/navigation');
    await import('./suites/commands');
    await import('./suites/snippets');
    await import('./suites/simulator');
    await import('./suites/matrix');
    await import('./suites/agents');
    await import('./suites/review');
    await import('./suites/ownership');
    await import('./suites/crash.node');
  });
}
