// The matrix as a table for spreadsheets.

export interface CsvRow {
  readonly agent: string;
  readonly owner: string | null;
  readonly effects: readonly string[];
}

/** A row an agent, a column what it can ask for (`call tool:payments/refund`). */
export function matrixCsv(columns: readonly { readonly action: string; readonly resource: string }[], rows: readonly CsvRow[]): string {
  const lines = rows.map(({ agent, owner, effects }) => [agent, owner ?? '', ...effects]);
  return [['agent', 'owner', ...columns.map(({ action, resource }) => `${action} ${resource}`)], ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

/** A cell of another program's table: one that begins like a formula must not be one. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
