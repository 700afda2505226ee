// The sections of the benchmark, in the order in which they run: a new one is a file and a line.
import analysis from './analysis.mjs';
import catalogEdit from './catalog.mjs';
import check from './check.mjs';
import cold from './cold.mjs';
import decisions from './decisions.mjs';
import edit from './edit.mjs';
import open from './open.mjs';
import start from './start.mjs';

/**
 * A section is { id, title, run(context) }; `run` resolves with { columns: [{ key, title, as }], rows, notes }. A row holds the values of its
 * columns, unwritten, and where there is a budget `budget` (words) and `met` (true, false, or null when not measured).
 * The context is { folder(name, fill?), ours(mode?), theirs(), log(text) }.
 */
export const sections = [edit, catalogEdit, open, cold, check, decisions, analysis, start];
