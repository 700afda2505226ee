// The few assertions of the suites; they run in the browser too, where there is no node:assert.
export function ok(value: unknown, message: string): asserts value {
  if (!value) throw new Error(message);
}

export function equal<T>(actual: T, expected: T, message = 'values differ'): void {
  const [is, should] = [JSON.stringify(actual, null, 1), JSON.stringify(expected, null, 1)];
  if (is !== should) throw new Error(`${message}\nexpected: ${should}\nactual:   ${is}`);
}

/** For a machine that is slow and busy; what comes is not waited for any longer. */
const LIMIT_MS = 45_000;

/** Waits until `probe` gives something; `describe` tells what was there instead when it does not. */
export async function until<T>(what: string, probe: () => T | undefined | false | null | Promise<T | undefined | false | null>, describe?: () => unknown): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.${describe ? `\nThere was: ${JSON.stringify(describe(), null, 1)}` : ''}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 25));
  }
}
