// Review by meaning: which decisions change against a base, in the side bar and in the text, while one types.
import { commands, window, type Disposable, type ExtensionContext } from 'vscode';
import type { ReviewFolder } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import { acceptChange, openChange, simulateChange, testChange } from './actions';
import { Bases } from './bases';
import type { Choice } from './base';
import { chooseBase } from './choose';
import { ACCEPT_CHANGE, COMPARE_WITH, OPEN_CHANGE, SHOW_CHANGES, SIMULATE_CHANGE, TEST_CHANGE } from './commands';
import { ReviewComments } from './comments';
import { ReviewMarks } from './marks';
import { ReviewModel, type Placed } from './model';
import { GROUPINGS, type ChangeNode, type Grouping, type Node } from './nodes';
import { ReviewTree } from './tree';

const VIEW = 'countersign.review';
const REMEMBERED = 'countersign.review.grouping';
const GROUP: Readonly<Record<Grouping, string>> = { agent: 'countersign.review.groupByAgent', rule: 'countersign.review.groupByRule' };

export function registerReview(server: Server, context: ExtensionContext): Disposable[] {
  const { workspaceState, globalState } = context;
  const bases = new Bases(server, workspaceState);
  const model = new ReviewModel(server);
  const remembered = workspaceState.get<unknown>(REMEMBERED);
  const tree = new ReviewTree(model, bases, GROUPINGS.find((known) => known === remembered) ?? 'agent');
  const view = window.createTreeView<Node>(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  const review = new ReviewComments(model);
  tree.show(view);

  /** The change that a row, or a link with folder and key, stands for; without either the row that is selected: a key has no more to give. */
  const meant = (first: unknown, key: unknown): Placed | undefined => {
    const node = (first ?? view.selection[0]) as Partial<ChangeNode> | undefined;
    return typeof node === 'object' && node.kind === 'change' ? node.placed : model.find(first, key);
  };
  const on = (name: string, run: (placed: Placed, rest: unknown) => unknown): Disposable =>
    commands.registerCommand(name, (first?: unknown, key?: unknown, rest?: unknown) => {
      const placed = meant(first, key);
      return placed ? run(placed, rest) : tell(window.showInformationMessage, NOT_THERE, []);
    });

  return [
    bases, model, tree, view, review, new ReviewMarks(model, context),
    server.onRunning(() => void model.refresh()),
    on(OPEN_CHANGE, (placed, part) => openChange(placed, typeof part === 'number' ? part : 0)),
    on(SIMULATE_CHANGE, simulateChange),
    on(TEST_CHANGE, (placed) => testChange(server, placed)),
    on(ACCEPT_CHANGE, (placed, given) => acceptChange(server, globalState, placed, isAcceptance(given) ? given : undefined)),
    commands.registerCommand(SHOW_CHANGES, async (folder?: unknown, key?: unknown) => {
      await commands.executeCommand(`${VIEW}.focus`);
      const found = model.find(folder, key);
      const row = found && tree.rows().flatMap((node) => (node.kind === 'group' ? node.changes : [])).find(({ placed }) => placed.change.key === found.change.key);
      if (row) await view.reveal(row, { select: true, focus: true });
    }),
    // Resolves to what is shown then, for whoever calls it: with a choice, or with anything else to change nothing.
    commands.registerCommand(COMPARE_WITH, async (given?: unknown): Promise<Shown | undefined> => {
      const choice = isChoice(given) ? given : given === undefined ? await chooseBase(bases) : null;
      if (choice) await bases.choose(choice);
      else if (given === undefined) return undefined;
      await model.refresh();
      return { folders: model.folders, threads: review.texts(), description: view.description ?? '' };
    }),
    ...GROUPINGS.map((grouping) => commands.registerCommand(GROUP[grouping], async () => {
      tree.groupBy(grouping);
      await workspaceState.update(REMEMBERED, grouping);
      if (!view.visible) await commands.executeCommand(`${VIEW}.focus`);
    })),
  ];
}

const NOT_THERE = 'No change is chosen, or it is not there any longer. Select one in “Decision Changes”.';

interface Shown {
  readonly folders: readonly ReviewFolder[];
  readonly threads: ReturnType<ReviewComments['texts']>;
  readonly description: string;
}

const isAcceptance = (value: unknown): value is { reason: string; by: string } => typeof value === 'object' && value !== null && typeof (value as { reason?: unknown }).reason === 'string' && typeof (value as { by?: unknown }).by === 'string';

function isChoice(value: unknown): value is Choice {
  const { kind, ref, uri } = (value ?? {}) as { kind?: unknown; ref?: unknown; uri?: unknown };
  return kind === 'auto' || kind === 'head' || kind === 'saved' || kind === 'off' || (kind === 'ref' && typeof ref === 'string') || (kind === 'folder' && typeof uri === 'string');
}
