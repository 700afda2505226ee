// Entry of the suites in the web worker of a browser: no Node, no file system but the workspace's own.
import 'mocha/mocha.js';
import { workspace } from 'vscode';
import { runMocha } from '../../../.scripts/editor/in-editor.mjs';
import { clean } from './support/scratch';

declare const globalThis: { Mocha: unknown };

export function run(): Promise<void> {
  return runMocha(globalThis.Mocha, async () => {
    after(clean);
    const virtual = workspace.workspaceFolders?.[0]?.uri.scheme === 'tmp';
    // as long as nothing is in it
    if (virtual) await import('./suites/empty');
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
    if (virtual) await import('./suites/virtual');
  });
}
