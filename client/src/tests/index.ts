// PolicyTests in the Test Explorer: one line for each part, and the command of the code lenses.
import { commands, TestRunProfileKind, TestRunRequest, tests, window, type Disposable, type TestItem } from 'vscode';
import { TESTS_CHANGED, TESTS_EXAMPLE, type TestResult, type TestsExampleParams, type TestsExampleResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import { Runner } from './run';
import { Tree } from './tree';

export function registerTests(server: Server): Disposable[] {
  const controller = tests.createTestController('countersign', 'Policy tests');
  const tree = new Tree(controller, server);
  const runner = new Runner(controller, server, tree);
  const run = controller.createRunProfile('Run', TestRunProfileKind.Run, (request, token) => runner.start(request, token, false), true, undefined, true);
  const coverage = controller.createRunProfile('Run with coverage', TestRunProfileKind.Coverage, (request, token) => runner.start(request, token, true), true, undefined, true);
  coverage.loadDetailedCoverage = async (_run, file) => runner.detailsOf(file);
  controller.refreshHandler = () => tree.refresh();
  return [
    controller, run, coverage, tree, runner,
    server.onRunning(() => void tree.refresh()),
    server.client.onNotification(TESTS_CHANGED, () => void tree.refresh().then(() => runner.changed())),
    // Cases of a file, or all that there are; resolves to what came of them.
    commands.registerCommand('countersign.runTest', async (uri?: unknown, ids?: unknown): Promise<readonly TestResult[]> => {
      await tree.refresh();
      const wanted = typeof uri === 'string' && Array.isArray(ids);
      const items = wanted ? ids.map((id: unknown) => tree.find(uri, String(id))).filter((item): item is TestItem => item !== undefined) : undefined;
      return items?.length === 0 ? [] : runner.run(new TestRunRequest(items, undefined, run, false, true), false);
    }),
    commands.registerCommand('countersign.simulateHere', async (uri: unknown, document: unknown, rule: unknown) => {
      if (typeof uri !== 'string' || typeof document !== 'number') return;
      const params: TestsExampleParams = { uri, document, ...(typeof rule === 'number' ? { rule } : {}) };
      const example = await server.ask<TestsExampleResult>(TESTS_EXAMPLE, params);
      if (!example) return;
      if (example.request === null) return tell(window.showInformationMessage, 'No agent of this workspace can ask for what this rule speaks of, so there is nothing to simulate.', []);
      await commands.executeCommand('countersign.simulate', example.request, example.folder);
    }),
  ];
}
