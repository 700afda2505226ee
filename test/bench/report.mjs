// Tables for people, and the short summary at the end.

const width = (text) => [...text].length;

/** A table with its columns aligned; the last two are the budget and whether it is met, where any row has one. */
export function table({ columns, rows }) {
  const shown = columns.filter(({ key }) => rows.some((row) => row[key] !== undefined && row[key] !== null));
  const budgets = rows.some((row) => row.budget);
  const lines = [
    [...shown.map(({ title }) => title), ...(budgets ? ['budget', ''] : [])],
    ...rows.map((row) => [...shown.map(({ key, as }) => as(row[key])), ...(budgets ? [row.budget ?? '', row.budget ? verdict(row.met) : ''] : [])]),
  ];
  const widths = lines[0].map((_, index) => Math.max(...lines.map((line) => width(line[index]))));
  const last = shown.length - 1;
  const write = (line) => line.map((cell, index) => (index === 0 || index > last ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join('  ').trimEnd();
  return [write(lines[0]), widths.map((size) => '─'.repeat(size)).join('  '), ...lines.slice(1).map(write)].join('\n');
}

const verdict = (met) => (met === null || met === undefined ? 'not measured' : met ? 'met' : 'NOT met');

/** What the run says in a few lines, with what could not be had. */
export function summary(results, { load, cores, unsteady }) {
  const rows = results.flatMap(({ rows: all }) => all.filter((row) => row.budget));
  const name = (row) => `${results.find(({ rows: all }) => all.includes(row)).id}: ${row.what}`;
  const missed = rows.filter((row) => row.met === false);
  const unknown = rows.filter((row) => row.met === null || row.met === undefined);
  const lines = [`${rows.filter((row) => row.met === true).length} of ${rows.length} budgets met.`];
  for (const row of missed) lines.push(`  not met: ${name(row)}: ${row.budget}`);
  for (const row of unknown) lines.push(`  not measured: ${name(row)}: ${row.budget}`);
  for (const { title, failure } of results) if (failure) lines.push(`  failed: ${title}: ${failure}`);
  if (load !== null && load > cores * 0.75) lines.push(`The machine was busy (load ${load.toFixed(1)} on ${cores} cores, the benchmark's own included): absolute figures are too high, ratios of one run hold better.`);
  if (unsteady > 1.5) lines.push(`The same piece of work took up to ${unsteady.toFixed(1)} times its usual time (p95 to median): the p95 and the slowest answers hold this noise.`);
  return lines.join('\n');
}
