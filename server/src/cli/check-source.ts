// The findings of a loaded workspace, in the shape that reports are made from.
import { analyse, codeDoc, createLinter } from '../core/lint';
import type { Finding } from '../core/lint';
import { libraryOfFile, unreadSnippets } from '../core/snippets';
import { missed } from './load';
import type { Loaded } from './load';
import type { CheckSource } from './reports';
import { documentation } from './documentation';
import { SILENT } from './terminal/progress';
import type { Progress } from './terminal/progress';

/** Checks the files that `within` takes; all files of the workspace count as context. */
export function checkSource(loaded: Loaded, within: (path: string) => boolean, progress: Progress = SILENT): CheckSource {
  const { workspace } = loaded;
  const linter = createLinter(workspace);
  const unread = new Set(loaded.skipped.map(({ path }) => path));
  const files = workspace.paths().filter((path) => within(path) && !unread.has(path) && (workspace.facts(path)?.role ?? 'none') !== 'none');
  const findings: Finding[] = [];
  files.forEach((path, i) => {
    for (const finding of linter.get(path)) findings.push(finding);
    progress.update(i + 1, files.length, 'files checked');
  });
  for (const [path, found] of analyse(workspace)) if (within(path)) findings.push(...found);
  const own = ownFindings(loaded).filter((finding) => within(finding.path));
  return {
    findings: [...findings, ...own],
    files: [...new Set([...files, ...own.map((finding) => finding.path)])],
    text: (path) => (unread.has(path) ? null : workspace.text(path)),
    documentation: (code) => documentation(code),
  };
}

/** What only the reader of the files knows: documents that could not be read as text. */
function ownFindings(loaded: Loaded): readonly Finding[] {
  const { workspace } = loaded;
  const result: Finding[] = [];
  const add = (path: string, code: string, start: number, end: number, message: string): void => {
    const level = workspace.settings.level(code, path, codeDoc(code)?.severity ?? 'error');
    if (level !== 'off') result.push({ path, code, severity: level, span: { start, end }, message });
  };
  for (const { path, reason, why } of missed(loaded)) {
    if (reason === 'too-large') add(path, 'syntax/too-large', 0, 0, `This file was not read: ${why}. Split it.`);
    else if (reason === 'binary') add(path, syntaxCode(path), 0, 0, `This file was not read: ${why}. Save it as UTF-8 text.`);
    else if (reason === 'unreadable') add(path, syntaxCode(path), 0, 0, `This file was not read: ${why}. What it says is missing from every check.`);
  }
  for (const { path, reason, why } of loaded.skipped) {
    if (path.endsWith('.code-snippets') && reason !== 'outside' && reason !== 'loop' && libraryOfFile(path, workspace.ask())) add(path, 'snippet/invalid', 0, 0, unreadSnippets(why));
  }
  for (const [path, error] of loaded.faults) {
    add(path, 'internal/fault', 0, 0, `Countersign failed while it read this file (${error instanceof Error ? error.message : String(error)}). This is a fault of Countersign, not of the file; please report it.`);
  }
  for (const [path, at] of loaded.damaged) {
    const role = workspace.facts(path)?.role;
    if (role === 'countersign' || role === 'config') add(path, syntaxCode(path), at, at + 1, 'These bytes are not UTF-8, so the text here is unknown. Save the file as UTF-8.');
  }
  return result;
}

const syntaxCode = (path: string): string => (path.endsWith('.json') ? 'syntax/json' : 'syntax/yaml');
