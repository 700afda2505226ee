// Hooks of VS Code and Copilot: commands that run when an agent starts, calls a tool, or ends.
import { parseJson, resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { hooksBefore, readHooks, type Hook } from '../claude-settings/hooks';
import type { ForeignFile, Format } from '../format';
import { folders } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { rules } from './rules';

/** What the rules of this format look at. */
export interface HooksSubject {
  readonly text: string;
  readonly hooks: readonly Hook[];
  readonly root: MapNode;
}

export const copilotHooks: Format = {
  id: 'copilot-hooks',
  title: 'Hooks of VS Code and Copilot',
  rules,
  canBe: (path) => /\.json$/i.test(path) && folders(path).includes('hooks'),
  recognise: (path, text) => {
    const content = text();
    if (!content.includes('"hooks"')) return false;
    const root = resolve(parseJson(content, { comments: true }).documents[0]?.root);
    return root?.kind === 'map' && (isIn(path) ? hasEvents(root) : valueOf(root, 'version') !== null && hasCommands(root));
  },
  read: readHooksFile,
};

/** Where VS Code and Copilot look. */
function isIn(path: string): boolean {
  const way = folders(path);
  return way.some((folder, index) => folder === '.github' && way[index + 1] === 'hooks');
}

const hasEvents = (root: Node): boolean => valueOf(root, 'hooks')?.kind === 'map';

/** Elsewhere the content must say it: commands right below the events, as no other tool has them. */
function hasCommands(root: Node): boolean {
  const events = valueOf(root, 'hooks');
  return events?.kind === 'map' && events.pairs.some(({ value }) => {
    const list = resolve(value);
    return list?.kind === 'seq' && list.items.some((item) => textOf(valueOf(item, 'bash')) !== null || textOf(valueOf(item, 'powershell')) !== null);
  });
}

function readHooksFile(path: string, text: string): ForeignFile {
  const document = parseJson(text, { comments: true }).documents[0];
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const root = resolve(document?.root);
  if (root?.kind !== 'map') return { format: 'copilot-hooks', problems, agents: [], servers: [] };
  const all = readHooks(valueOf(root, 'hooks'));
  problems.push(...runRules(rules, { text, root, hooks: all }));
  const way = folders(path);
  const hooks = isIn(path) ? hooksBefore(all, 'vscode', { kind: 'tool', formats: ['vscode-agent'], under: way.slice(0, way.lastIndexOf('.github')).join('/') }) : [];
  return { format: 'copilot-hooks', problems, agents: [], servers: [], ...(hooks.length > 0 ? { hooks } : {}) };
}
