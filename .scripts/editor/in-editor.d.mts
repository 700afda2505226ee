// Types of in-editor.mjs, for suites that are written in TypeScript.
export interface MochaOptions {
  ui?: 'bdd' | 'tdd';
  timeout?: number;
  grep?: string | RegExp;
  slow?: number;
  retries?: number;
}
export function runMocha(Mocha: unknown, load: () => unknown, options?: MochaOptions): Promise<void>;
