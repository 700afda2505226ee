// How large a condition may be and how much work one evaluation may do; workspace files are not trusted.

/** Longest text of a condition, in UTF-16 units. */
export const MAX_LENGTH = 10_000;
/** Deepest nesting of its tree. A chain of `&&` or `||` counts once. */
export const MAX_DEPTH = 100;
/** Most nodes of its tree. */
export const MAX_NODES = 5_000;
/** Most faults that are reported for one condition. */
export const MAX_PROBLEMS = 50;
/** Longest pattern of `matches()`. */
export const MAX_PATTERN = 1_000;
/** Steps of one evaluation: nodes of macro bodies, entries compared, pieces of text made. */
export const MAX_STEPS = 100_000;
/** How deep policy variables may use one another. */
export const MAX_VARIABLE_DEPTH = 16;
/** The largest whole number that JSON tools agree on. */
export const MAX_WHOLE = Number.MAX_SAFE_INTEGER;
