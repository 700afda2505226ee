// How many random worlds a test takes: few in an ordinary run, as many as PAIRS says otherwise, shared among processes by SHARD=0/4, 1/4, ...
const [share = 0, of = 1] = (process.env['SHARD'] ?? '0/1').split('/').map(Number);

/** Another sample for each share; SEED takes another altogether. */
export const SEED = Number(process.env['SEED'] ?? 20261122) + 7919 * share;

/** Many worlds: what fails is told as it is, nothing smaller is looked for. SHRINK=1 looks for it. */
export const QUICK = process.env['PAIRS'] !== undefined && process.env['SHRINK'] === undefined;

/** `few`: how many an ordinary run takes. */
export const runs = (few: number): number => (process.env['PAIRS'] === undefined ? few : Math.ceil(Number(process.env['PAIRS']) / of));
