// What of the policies cannot be trusted: malformed rules, files that do not parse, files that cannot be read at all.
import { kindOfFileName } from '../../core/documents';
import { POLICIES } from '../../core/policy';
import { UNREAD_TEXT, type Workspace } from '../../core/workspace';

/** As sentences without an end, with file and rule; empty where all can be read. */
export function incompleteParts(workspace: Workspace): readonly string[] {
  const { all, broken } = workspace.shared(POLICIES);
  const found = all.flatMap((policy) => [
    ...(policy.broken ? [`\`${policy.path}\` ${workspace.text(policy.path) === UNREAD_TEXT ? 'cannot be read' : 'does not parse'}`] : []),
    ...policy.rules.flatMap((rule) => (rule.malformed ? [`\`${rule.id}\` in \`${policy.path}\` is malformed`] : [])),
  ]);
  if (!broken) return found;
  const read = new Set(all.map(({ path }) => path));
  const unread = workspace.filesOf('Policy').filter((path) => !read.has(path) && kindOfFileName(path) === 'Policy' && (workspace.facts(path)?.problems.length ?? 0) > 0);
  return [...found, ...unread.map((path) => `\`${path}\` cannot be read`), ...(found.length + unread.length === 0 ? ['a Policy file cannot be read'] : [])];
}

/** Parts that are named; the Problems view has the others. */
const MOST = 3;

/** The parts of the state before that are no parts of the one after are said to be of it. */
export function incompleteWords(parts: readonly string[], before: readonly string[] = [], base = ''): readonly string[] {
  const all = [...parts, ...before.filter((part) => !parts.includes(part)).map((part) => `${part} (${base})`)];
  return all.length > MOST ? [...all.slice(0, MOST), `${all.length - MOST} more`] : all;
}
