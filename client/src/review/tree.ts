// The tree "Decision Changes" in the side bar.
import { EventEmitter, commands, workspace, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { Bases } from './bases';
import { itemOf } from './items';
import type { ReviewModel } from './model';
import { rowsOf, type Grouping, type Node } from './nodes';

export class ReviewTree implements TreeDataProvider<Node>, Disposable {
  private readonly emitter = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.emitter.event;
  private view: TreeView<Node> | undefined;
  private readonly parts: Disposable[];

  constructor(private readonly model: ReviewModel, private readonly bases: Bases, private grouped: Grouping) {
    this.parts = [this.emitter, model.onDidChange(() => this.draw()), bases.onDidChange(() => this.draw())];
  }

  show(view: TreeView<Node>): void {
    this.view = view;
    this.draw();
  }

  groupBy(grouping: Grouping): void {
    this.grouped = grouping;
    this.draw();
  }

  rows(): readonly Node[] {
    const folders = workspace.workspaceFolders ?? [];
    const names = new Map(folders.length > 1 ? folders.map(({ uri, name }) => [uri.toString(), name]) : []);
    return rowsOf(this.model.folders, this.grouped, (uri) => names.get(uri) ?? null);
  }

  getTreeItem(node: Node): TreeItem {
    return itemOf(node);
  }

  getChildren(node?: Node): Node[] {
    if (!node) return [...this.rows()];
    if (node.kind === 'group') return [...node.changes];
    if (node.kind === 'change' && node.placed.change.parts.length > 1) return node.placed.change.parts.map((part, index) => ({ kind: 'part', of: node, index, part }));
    if (node.kind === 'agents') return node.agents.map((agent) => ({ kind: 'agent', folder: node.folder, agent }));
    return [];
  }

  /** So that a row can be shown. */
  getParent(node: Node): Node | undefined {
    if (node.kind === 'part') return node.of;
    return node.kind === 'change' ? this.rows().find((row) => row.kind === 'group' && row.changes.some(({ placed }) => placed.folder === node.placed.folder) && row.label === node.group) : undefined;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private draw(): void {
    this.describe();
    this.emitter.fire(undefined);
  }

  private describe(): void {
    void commands.executeCommand('setContext', 'countersign.review.grouping', this.grouped);
    void commands.executeCommand('setContext', 'countersign.review.off', this.bases.choice.kind === 'off');
    if (!this.view) return;
    const labels = new Set(this.model.folders.map(({ base }) => base));
    const notes = new Set([...this.bases.notes.values()].flatMap(({ note }) => note ?? []));
    const faults = [...this.bases.notes.values()].flatMap(({ fault }) => fault ?? []);
    this.view.description = labels.size === 0 ? undefined : `vs ${[...labels].join(', ')}${notes.size > 0 ? ` (${[...notes].join(', ')})` : ''}`;
    this.view.message = faults[0];
    const widened = this.model.all().filter(({ change }) => change.change === 'widened' && !change.accepted).length;
    this.view.badge = widened > 0 ? { value: widened, tooltip: `${widened} ${widened === 1 ? 'change allows' : 'changes allow'} more than before` } : undefined;
  }
}
