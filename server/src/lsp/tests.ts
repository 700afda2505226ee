// The requests of the Test Explorer and of the code lenses over rules, and the word that tests may have other outcomes now.
import { casesOf, exampleOfAgent, exampleOfRule, placesOfRule, runCases, testDocuments, testPaths } from '../ide';
import {
  RULE_USES, TESTS_CHANGED, TESTS_DISCOVER, TESTS_EXAMPLE, TESTS_RUN,
  type RuleUsesParams, type RuleUsesResult, type TestCoverage, type TestFile, type TestResult, type TestsDiscoverParams, type TestsDiscoverResult, type TestsExampleParams, type TestsExampleResult, type TestsRunParams, type TestsRunResult,
} from '../protocol';
import { textDigest } from './digest';
import { locationOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { Malformed } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';

export interface Tests {
  /** Says that something may have changed. */
  touch(): void;
}

/** milliseconds from a change to the notification: those of a quick typist are one */
const QUIET = 250;
const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function createTests({ connection, guard, folders }: FeatureContext, host: Host, outbox: Outbox): Tests {
  let watched = false;
  let pending = false;
  let told = '';
  const state = (): string => folders.all().map((folder) => `${folder.uri} ${folder.workspace.revision} ${folder.ready}`).join();
  const on = <P, R>(method: string, run: (params: P) => R): void => {
    connection.onRequest(method, guard.request<P, unknown, []>(method, (params: P) => {
      folders.flush();
      return run(params);
    }));
  };

  on(TESTS_DISCOVER, (params: TestsDiscoverParams): TestsDiscoverResult => {
    watched = true;
    told = state();
    const files = folders.all().flatMap((folder) => testPaths(folder.workspace).map((path) => fileOf(folder, path)));
    const digest = textDigest(JSON.stringify(files));
    return { digest, files: digest === params?.known ? null : files };
  });
  on(TESTS_RUN, (params: TestsRunParams): TestsRunResult => {
    watched = true;
    const wanted = wantedOf(params);
    const coverage = params?.coverage === true;
    const cases: TestResult[] = [];
    const reached = new Map<string, TestCoverage['rules'][number][]>();
    for (const folder of folders.all()) {
      const mine = new Map<string, ReadonlySet<string> | null>();
      if (wanted === null) for (const path of testPaths(folder.workspace)) mine.set(path, null);
      for (const [uri, ids] of wanted ?? []) {
        const at = folders.locate(uri);
        if (at?.folder === folder) mine.set(at.path, ids);
      }
      if (mine.size === 0) continue;
      const { outcomes, reach } = runCases(folder.workspace, mine, { now: host.now(), coverage });
      for (const [path, found] of outcomes) {
        for (const { span, rules, ...outcome } of found) {
          cases.push({
            ...outcome, uri: folder.uriOf(path), range: folder.lines(path)?.range(span) ?? NOWHERE,
            rules: rules.flatMap(({ label, ...place }) => locationOf(folder, place).map((at) => ({ label, place: at }))),
          });
        }
      }
      for (const { id, path, span, hits, branches } of reach ?? []) {
        const lines = folder.lines(path);
        if (!lines) continue;
        const uri = folder.uriOf(path);
        const rules = reached.get(uri) ?? [];
        if (rules.length === 0) reached.set(uri, rules);
        rules.push({ id, range: lines.range(span), hits, branches: branches.map(({ span: part, yes, no }) => ({ range: lines.range(part), yes, no })) });
      }
    }
    return { cases, coverage: coverage ? [...reached].map(([uri, rules]) => ({ uri, rules })) : null };
  });
  on(TESTS_EXAMPLE, (params: TestsExampleParams): TestsExampleResult => {
    if (typeof params?.uri !== 'string' || typeof params.document !== 'number') throw new Malformed('`uri` must be a text and `document` a number');
    const at = folders.locate(params.uri);
    if (!at) return null;
    const { workspace, uri } = at.folder;
    if (typeof params.rule !== 'number') {
      const request = exampleOfAgent(workspace, at.path, params.document);
      return request === null ? null : { request, folder: uri };
    }
    const request = exampleOfRule(workspace, at.path, params.document, params.rule, host.now());
    return request === undefined ? null : { request, folder: uri };
  });
  on(RULE_USES, (params: RuleUsesParams): RuleUsesResult => {
    if (typeof params?.uri !== 'string' || typeof params.document !== 'number' || typeof params.rule !== 'number') throw new Malformed('`uri` must be a text, `document` and `rule` numbers');
    const at = folders.locate(params.uri);
    const found = at && placesOfRule(at.folder.workspace, { path: at.path, document: params.document, rule: params.rule }, params.what === 'tests' ? 'tests' : 'agents');
    return at && found ? { at: at.folder.lines(at.path)?.range(found.span) ?? NOWHERE, places: found.places.flatMap((place) => locationOf(at.folder, place)) } : null;
  });

  return {
    touch() {
      if (!watched || pending) return;
      pending = true;
      host.timer.after(QUIET, () => {
        pending = false;
        folders.flush();
        // what wakes the server is not always a change
        const now = state();
        if (now === told) return;
        told = now;
        outbox.notify(TESTS_CHANGED, null);
      });
    },
  };
}

function fileOf(folder: Folder, path: string): TestFile {
  const lines = folder.lines(path);
  const range = (span: { start: number; end: number }) => lines?.range(span) ?? NOWHERE;
  const cases = casesOf(folder.workspace, path);
  return {
    uri: folder.uriOf(path), path,
    documents: testDocuments(folder.workspace, path).map(({ document, label, span }) => ({ document, label, range: range(span) })),
    cases: cases.map(({ id, label, document, whole }) => ({ id, label, document, range: range(whole) })),
  };
}

/** What the client sends is not trusted to be of its type. Null for all cases. */
function wantedOf(params: TestsRunParams | null | undefined): ReadonlyMap<string, ReadonlySet<string> | null> | null {
  const files: unknown = params?.files;
  if (files === undefined || files === null) return null;
  if (!Array.isArray(files)) throw new Malformed('`files` must be a list');
  const wanted = new Map<string, ReadonlySet<string> | null>();
  for (const file of files as readonly { uri?: unknown; ids?: unknown }[]) {
    if (typeof file?.uri !== 'string') throw new Malformed('`files` must hold `uri`');
    wanted.set(file.uri, Array.isArray(file.ids) ? new Set(file.ids.filter((id): id is string => typeof id === 'string')) : null);
  }
  return wanted;
}
