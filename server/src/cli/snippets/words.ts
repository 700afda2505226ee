// What `countersign snippets` prints for people.
import { expand, lineDiff, valuesAt, type LockEntry, type Offer } from '../../core/snippets';
import { printable } from '../terminal/cells';
import { style, type Style } from '../terminal/style';
import { table } from '../terminal/table';
import { count } from '../terminal/wrap';
import type { LibraryEntry } from './entries';
import type { OutdatedDocument, UpdatedFile } from './lock';

export function listWords(libraries: readonly LibraryEntry[], colour: boolean): string {
  const paint = style(colour);
  const parts = libraries.map(({ library, version, owner, from, accepted, snippets }) => {
    const head = `${paint.bold(printable(library))} ${printable(version ?? 'no version')} · ${owner === null ? 'no owner' : printable(owner)} · ${printable(from)}${accepted ? '' : ' · not in the range that is asked for, so not offered'}`;
    const rows = snippets.map(({ prefix, place, description }) => [prefix, place ?? '', description ?? '']);
    return `${head}\n${rows.length > 0 ? table(['PREFIX', 'WHERE', 'WHAT'], rows, paint) : 'It holds no snippets.\n'}`;
  });
  const all = libraries.reduce((sum, { snippets }) => sum + snippets.length, 0);
  return `${parts.join('\n')}\n${count(all, 'snippet')} in ${libraries.length} ${libraries.length === 1 ? 'library' : 'libraries'}. \`countersign snippets show NAME\` shows what one inserts.\n`;
}

export function showWords(found: readonly Offer[], places: readonly (string | null)[], now: number, colour: boolean): string {
  const paint = style(colour);
  return found.map(({ snippet, prefix, library, path }, index) => {
    const facts = [library ? `${library.name} ${library.version ?? ''}`.trim() : 'no library', library?.owner ?? 'no owner', path, places[index] ?? 'place unknown'];
    const body = expand(snippet.parsed.parts, valuesAt(now)).text.trimEnd();
    return [paint.bold(printable(prefix)), printable(facts.join(' · ')), ...(snippet.description ? [printable(snippet.description)] : []), '', ...body.split('\n').map((line) => printable(`  ${line}`)), ''].join('\n');
  }).join('\n');
}

const STATUS: Readonly<Record<LockEntry['status'], string>> = { same: 'as recorded', added: 'new', removed: 'no longer used', updated: 'new version', tampered: 'changed without a new version', missing: 'named, and not here: stays as it was recorded' };

export function lockWords(entries: readonly LockEntry[], documents: readonly OutdatedDocument[], files: readonly UpdatedFile[], closing: string, colour: boolean): string {
  const paint = style(colour);
  const lines = entries.flatMap((entry) => {
    const version = entry.before && entry.after && entry.before.version !== entry.after.version ? `${entry.before.version ?? 'none'} → ${entry.after.version ?? 'none'}` : ((entry.after ?? entry.before)?.version ?? 'no version');
    return [`${paint.bold(printable(entry.library))} ${printable(version)} · ${printable(entry.from)} · ${STATUS[entry.status]}`, ...entry.snippets.flatMap((change) => changeLines(change, paint))];
  });
  const outdated = documents.map(({ file, line, snippet, before, after, gone }) => printable(`${file}:${line + 1}  inserted from ${`${snippet} ${before ?? ''}`.trim()}, which ${gone ? `the library no longer has${after ? ` in ${after}` : ''}` : before === after || !after ? 'is another by now' : `is another in ${after}`}`));
  const updated = files.flatMap(({ file, before, after }) => ['', paint.bold(printable(file)), ...signed(before.replaceAll('\r\n', '\n').trimEnd(), after.replaceAll('\r\n', '\n').trimEnd(), paint)]);
  return [...lines, ...(outdated.length > 0 ? [...(lines.length > 0 ? [''] : []), ...outdated] : []), ...updated, ...(lines.length + outdated.length > 0 ? [''] : []), closing, ''].join('\n');
}

function changeLines({ prefix, change, before, after }: LockEntry['snippets'][number], paint: Style): string[] {
  const head = `  ${printable(prefix)}: ${change}`;
  if (change === 'removed') return [head];
  return [head, ...(before === null ? (after ?? '').split('\n').map((text) => paint.green(printable(`    + ${text}`))) : signed(before, after ?? '', paint))];
}

const signed = (before: string, after: string, paint: Style): string[] => lineDiff(before, after).map(({ sign, text }) => {
  const line = printable(`    ${sign} ${text}`);
  return sign === '+' ? paint.green(line) : sign === '-' ? paint.red(line) : line;
});
