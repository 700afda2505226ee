// Versions and ranges of libraries, in the form that npm users know: exact, `^`, `~`, comparisons, `1.x`, `*`, a blank for "and", `||` for "or".

export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly pre: string | null;
}

const VERSION = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.-]{1,64})?$/;
const PART = /^(\^|~|>=|<=|>|<|=)?\s*v?(\d{1,9}|[xX*])(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.-]{1,64})?$/;
const MAX_LENGTH = 200;

/** `1.4.0`, also with a pre-release; null for anything else. */
export function parseVersion(text: string): Version | null {
  const match = text.length <= MAX_LENGTH ? VERSION.exec(text.trim()) : null;
  return match ? { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], pre: match[4] ?? null } : null;
}

/** Below zero where `a` is older than `b`. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.pre === b.pre) return 0;
  if (a.pre === null || b.pre === null) return a.pre === null ? 1 : -1;
  return comparePre(a.pre.split('.'), b.pre.split('.'));
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [m, n] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (x === y) continue;
    if (m && n) return Number(x) - Number(y);
    if (m !== n) return m ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

type Test = (version: Version) => boolean;

/** What a range accepts; null for a text that is no range. A pre-release is accepted only where the range names one of the same version. */
export function parseRange(text: string): Test | null {
  if (text.length > MAX_LENGTH) return null;
  const either = text.split('||').map((part) => allOf(part.trim()));
  return either.some((one) => one === null) ? null : (version) => either.some((test) => test?.(version) === true);
}

function allOf(text: string): Test | null {
  if (text === '') return (version) => version.pre === null;
  const hyphen = /^(\S+)\s+-\s+(\S+)$/.exec(text);
  const parts = hyphen ? [`>=${hyphen[1]}`, `<=${hyphen[2]}`] : text.replace(/([<>=^~])\s+/g, '$1').split(/\s+/);
  const tests: { readonly test: Test; readonly pre: Version | null }[] = [];
  for (const part of parts) {
    const found = comparator(part);
    if (!found) return null;
    tests.push(found);
  }
  return (version) => tests.every(({ test }) => test(version)) && (version.pre === null || tests.some(({ pre }) => pre !== null && pre.numbers.every((n, i) => n === version.numbers[i])));
}

function comparator(text: string): { readonly test: Test; readonly pre: Version | null } | null {
  const match = PART.exec(text);
  if (!match) return null;
  const [, sign = '', ...rest] = match;
  const given = rest.slice(0, 3).map((n) => (n === undefined || /[xX*]/.test(n) ? null : Number(n)));
  const open = given.findIndex((n) => n === null);
  const known = open < 0 ? 3 : open;
  // behind a part that is left open nothing counts
  const numbers = [0, 1, 2].map((i) => (i < known ? (given[i] ?? 0) : 0)) as [number, number, number];
  const low: Version = { numbers, pre: known === 3 ? (rest[3] ?? null) : null };
  const pre = low.pre === null ? null : low;
  const from: Test = (version) => compareVersions(version, low) >= 0;
  const upTo = (index: number): Test => {
    if (index < 0) return () => true;
    const high: Version = { numbers: numbers.map((n, i) => (i < index ? n : i === index ? n + 1 : 0)) as [number, number, number], pre: '0' };
    return (version) => compareVersions(version, high) < 0;
  };
  const between = (index: number): Test => (version) => from(version) && upTo(index)(version);
  switch (sign) {
    case '^': return { pre, test: known === 0 ? () => true : between(Math.min(known - 1, Math.max(0, numbers.findIndex((n) => n > 0) < 0 ? 2 : numbers.findIndex((n) => n > 0)))) };
    case '~': return { pre, test: known === 0 ? () => true : between(Math.min(known - 1, 1)) };
    case '>=': return { pre, test: from };
    case '>': return { pre, test: known === 3 ? (version) => compareVersions(version, low) > 0 : (version) => !upTo(known - 1)(version) };
    case '<': return { pre, test: (version) => compareVersions(version, low) < 0 };
    case '<=': return { pre, test: known === 3 ? (version) => compareVersions(version, low) <= 0 : upTo(known - 1) };
    default: return { pre, test: known === 3 ? (version) => compareVersions(version, low) === 0 : between(known - 1) };
  }
}
