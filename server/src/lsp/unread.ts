// Findings that only the reader of the files knows: our documents that could not be read, and bytes that are no text.
import { codeDoc, type Finding, type Severity } from '../core/lint';
import { CONFIG_FILE, kindOfFileName } from '../core/documents';
import { libraryOfFile, unreadSnippets } from '../core/snippets';
import type { Folder } from './folder';
import type { Skipped } from './host';

/** True for a skipped file whose absence is a finding: its name says that it is ours. */
export const isMissed = (skipped: Skipped | undefined): skipped is Skipped =>
  skipped !== undefined && (kindOfFileName(skipped.path) !== null || skipped.path === CONFIG_FILE || skipped.path.endsWith('.code-snippets')) && ['too-large', 'binary', 'unreadable'].includes(skipped.reason);

export function unreadFindings(folder: Folder, path: string): Finding[] {
  const found: Finding[] = [];
  const add = (code: string, start: number, end: number, message: string): void => {
    const level = folder.workspace.settings.level(code, path, codeDoc(code)?.severity ?? 'error');
    if (level !== 'off') found.push({ path, code, severity: level as Severity, span: { start, end }, message });
  };
  const skipped = folder.skipped.get(path);
  if (skipped?.path.endsWith('.code-snippets')) {
    // of others than those of libraries nothing is missing
    if (isMissed(skipped) && libraryOfFile(path, folder.workspace.ask())) add('snippet/invalid', 0, 0, unreadSnippets(skipped.why));
  } else if (isMissed(skipped)) {
    const { reason, why } = skipped;
    if (reason === 'too-large') add('syntax/too-large', 0, 0, `This file was not read: ${why}. Split it.`);
    else if (reason === 'binary') add(syntaxCode(path), 0, 0, `This file was not read: ${why}. Save it as UTF-8 text.`);
    else add(syntaxCode(path), 0, 0, `This file was not read: ${why}. What it says is missing from every check.`);
  }
  const damaged = folder.damaged.get(path);
  const role = folder.workspace.facts(path)?.role;
  if (damaged !== undefined && (role === 'countersign' || role === 'config')) {
    add(syntaxCode(path), damaged, damaged + 1, 'These bytes are not UTF-8, so the text here is unknown. Save the file as UTF-8.');
  }
  return found;
}

const syntaxCode = (path: string): string => (path.endsWith('.json') ? 'syntax/json' : 'syntax/yaml');
