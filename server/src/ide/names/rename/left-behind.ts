// What a rename leaves as it is although it may speak of the name, in sentences: approvals, owners' files, snippets, accepted changes.
import type { NameKind } from '../../../core/documents';
import type { Workspace } from '../../../core/workspace';
import type { NameAt } from '../at';
import { localOf } from '../navigate';
import { code, count } from '../words';

const ACCEPTED = '.countersign/accepted.yaml';
/** Kinds that differences of decisions speak of. */
const IN_DIFFERENCES: ReadonlySet<NameKind> = new Set<NameKind>(['agent', 'policy', 'rule', 'role', 'environment', 'tool', 'server', 'data', 'model', 'channel', 'team', 'oncall']);

export function leftBehind(workspace: Workspace, at: Pick<NameAt, 'kind' | 'name'>, edited: ReadonlyMap<string, unknown>): string[] {
  const notes = [...signed(workspace, edited)];
  const name = localOf(at);
  for (const path of workspace.paths()) {
    const facts = workspace.facts(path);
    const holds = (): boolean => holdsWord(workspace.text(path) ?? '', name);
    if (facts?.foreign?.owners && (at.kind === 'team' || at.kind === 'person') && holds()) {
      notes.push(`${code(path)} speaks of ${code(name)} too. Files that other tools read for owners are not changed; the Catalog can say what a team is called there (\`github\`, \`backstage\`).`);
    } else if (facts?.role === 'snippets' && at.kind !== 'variable' && holds()) notes.push(`${code(path)} holds ${code(name)} in a snippet, which was left as it is.`);
  }
  if (IN_DIFFERENCES.has(at.kind) && holdsWord(workspace.text(ACCEPTED) ?? '', name)) notes.push(`${code(ACCEPTED)} holds accepted changes about ${code(name)}: they are about what was, and were left as they are.`);
  return notes;
}

/** What was approved changes with the names in it. */
function signed(workspace: Workspace, edited: ReadonlyMap<string, unknown>): string[] {
  const agents: string[] = [];
  for (const path of edited.keys()) {
    for (const document of workspace.facts(path)?.documents ?? []) {
      if (document.kind === 'Agent' && document.references.some((r) => r.path[1] === 'approvals' && r.path[3] === 'records')) agents.push(document.name ?? path);
    }
  }
  const shown = agents.slice(0, 5).map(code).join(', ');
  return agents.length === 0 ? [] : [`${count(agents.length, 'agent')} with recorded approvals ${agents.length === 1 ? 'changes' : 'change'} (${shown}): an approval holds for what was approved and must be given anew.`];
}

/** Shorter names are words of every text. */
const SHORTEST = 3;

/** True where the text holds the name, not as a part of a longer one and not as a key. */
function holdsWord(text: string, name: string): boolean {
  if (name.length < SHORTEST) return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w:-]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}
