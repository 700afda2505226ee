// Runs tests: asks the server, and shows what it says where it belongs; again with each change while somebody wishes so.
import { Location, TestMessage, TestMessageStackFrame, TestRunRequest, Uri, type CancellationToken, type Disposable, type FileCoverage, type FileCoverageDetail, type TestController, type TestItem, type TestRun } from 'vscode';
import { TESTS_RUN, type TestResult, type TestsRunParams, type TestsRunResult } from '../../../server/src/protocol';
import type { Server } from '../server';
import { count } from '../agents/nodes';
import { coverageOf } from './coverage';
import { rangeOf, type Tree } from './tree';

interface Continuous {
  readonly request: TestRunRequest;
  readonly coverage: boolean;
}

export class Runner implements Disposable {
  private readonly continuous = new Set<Continuous>();
  private readonly details = new WeakMap<FileCoverage, readonly FileCoverageDetail[]>();
  private running = Promise.resolve();
  private waiting = false;

  constructor(private readonly controller: TestController, private readonly server: Server, private readonly tree: Tree) {}

  /** What the editor asks for: once, or until it is cancelled. */
  async start(request: TestRunRequest, token: CancellationToken, coverage: boolean): Promise<void> {
    if (!request.continuous) return void (await this.run(request, coverage, token));
    const wish: Continuous = { request, coverage };
    this.continuous.add(wish);
    token.onCancellationRequested(() => this.continuous.delete(wish));
    await this.run(again(request), coverage, token);
  }

  /** Something that is tested may be another now. */
  changed(): void {
    if (this.continuous.size === 0) return this.controller.invalidateTestResults();
    if (this.waiting) return;
    this.waiting = true;
    this.running = this.running.then(async () => {
      this.waiting = false;
      for (const { request, coverage } of this.continuous) await this.run(again(request), coverage);
    });
  }

  detailsOf(file: FileCoverage): FileCoverageDetail[] {
    return [...(this.details.get(file) ?? [])];
  }

  dispose(): void {
    this.continuous.clear();
  }

  /** Runs once, and gives what came of it. */
  async run(request: TestRunRequest, coverage: boolean, token?: CancellationToken): Promise<readonly TestResult[]> {
    await this.tree.refresh();
    const cases = this.casesOf(request);
    const run = this.controller.createTestRun(request);
    try {
      for (const item of cases.values()) run.started(item);
      const answer = await this.server.ask<TestsRunResult>(TESTS_RUN, { files: this.filesOf(cases.values()), coverage } satisfies TestsRunParams);
      if (token?.isCancellationRequested) return [];
      if (!answer) {
        const why = new TestMessage('The Countersign server gave no answer; the output *Countersign* says more.');
        for (const item of cases.values()) run.errored(item, why);
        return [];
      }
      for (const result of answer.cases) {
        const key = keyOf(result.uri, result.id);
        const item = cases.get(key);
        if (item) show(run, item, result);
        cases.delete(key);
      }
      for (const item of cases.values()) run.skipped(item);
      run.appendOutput(`${sumOf(answer.cases, cases.size)}\r\n`);
      for (const file of answer.coverage ?? []) {
        const { summary, details } = coverageOf(file);
        this.details.set(summary, details);
        run.addCoverage(summary);
      }
      return answer.cases;
    } finally {
      run.end();
    }
  }

  /** The cases that a request means, those below files included, by URI and id. */
  private casesOf({ include, exclude }: TestRunRequest): Map<string, TestItem> {
    const found = new Map<string, TestItem>();
    const left = new Set(exclude ?? []);
    const add = (item: TestItem): void => {
      if (left.has(item)) return;
      const place = this.tree.placeOf(item);
      if (place?.id !== undefined) found.set(keyOf(place.uri, place.id), item);
      item.children.forEach(add);
    };
    if (include) include.forEach(add);
    else this.controller.items.forEach(add);
    return found;
  }

  private filesOf(items: Iterable<TestItem>): TestsRunParams['files'] {
    const files = new Map<string, string[]>();
    for (const item of items) {
      const place = this.tree.placeOf(item);
      if (place?.id === undefined) continue;
      const ids = files.get(place.uri);
      if (ids) ids.push(place.id);
      else files.set(place.uri, [place.id]);
    }
    return [...files].map(([uri, ids]) => ({ uri, ids }));
  }
}

/** The last line of a run, so that its output says something where all is well too. */
function sumOf(cases: readonly TestResult[], gone: number): string {
  if (cases.length + gone === 0) return 'There is no case to run.';
  const passed = cases.filter((one) => one.passed).length;
  const failed = cases.length - passed;
  return [`${passed} of ${count(cases.length + gone, 'case')} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(gone > 0 ? [`${gone} could not be run: the file says otherwise by now`] : [])].join(', ') + '.';
}

/** A request stands for one run; the editor takes no notice of a second. */
const again = ({ include, exclude, profile }: TestRunRequest): TestRunRequest => new TestRunRequest(include, exclude, profile, true, true);

const keyOf = (uri: string, id: string): string => `${uri} ${id}`;

/** Messages are drawn by a terminal, and files may hold what would command it. */
const plain = (text: string): string => text.replaceAll(/[^\P{Cc}\n]/gu, '\ufffd');

function show(run: TestRun, item: TestItem, { passed, uri, message, trace, expected, actual, range, rules }: TestResult): void {
  if (passed) return run.passed(item);
  const text = plain(trace === '' ? message : `${message}\n\n${trace}`);
  const location = new Location(Uri.parse(uri, true), rangeOf(range));
  const told = expected === null || actual === null ? new TestMessage(text) : TestMessage.diff(text, plain(expected), plain(actual));
  told.location = location;
  told.stackTrace = rules.map(({ label, place }) => new TestMessageStackFrame(label, Uri.parse(place.uri, true), rangeOf(place.range).start));
  // without a place: the message stands at the case already
  run.appendOutput(`${plain(item.label).replaceAll('\n', ' ')}\r\n${text.replaceAll('\n', '\r\n')}\r\n\r\n`, undefined, item);
  if (expected === null) run.errored(item, told);
  else run.failed(item, told);
}
