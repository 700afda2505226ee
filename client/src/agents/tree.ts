// What the tree shows: asked of the server while it is in view, again when that says that it may be another.
import { EventEmitter, commands, workspace, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { AGENT_NEXT, AGENT_PARTS, AGENTS, type AgentNextResult, type AgentPartsParams, type AgentPartsResult, type AgentRow, type AgentsParams, type AgentsResult } from '../../../server/src/protocol';
import type { Server } from '../server';
import { itemOf } from './items';
import { adoptOf, groupsOf, partsOf, type AgentNode, type Grouping, type GroupNode, type NextNode, type Node } from './nodes';

/** With more agents than this the groups are closed at first. */
const MANY = 200;

export class AgentTree implements TreeDataProvider<Node> {
  private readonly emitter = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.emitter.event;
  private view: TreeView<Node> | undefined;
  private agents: readonly AgentRow[] = [];
  private digest: string | undefined;
  private asking: Promise<void> | undefined;
  /** something changed since it was asked last */
  private stale = true;
  /** agents whose next stage is shown, with what was missing: that changes without their rows */
  private readonly opened = new Map<AgentNode, string>();

  constructor(private readonly server: Server, private grouped: Grouping) {}

  show(view: TreeView<Node>): void {
    this.view = view;
    this.describe();
    void this.refresh();
  }

  get grouping(): Grouping {
    return this.grouped;
  }

  groupBy(grouping: Grouping): void {
    if (grouping === this.grouped) return;
    this.grouped = grouping;
    this.opened.clear();
    this.describe();
    this.emitter.fire(undefined);
  }

  groups(): readonly GroupNode[] {
    const folders = workspace.workspaceFolders ?? [];
    const names = new Map(folders.length > 1 ? folders.map(({ uri, name }) => [uri.toString(), name]) : []);
    return groupsOf(this.agents, this.grouped, (uri) => names.get(uri) ?? null);
  }

  /** Another server, or another state of it: nothing of what is known may hold. */
  changed(): void {
    this.stale = true;
    if (this.view?.visible) void this.refresh();
  }

  /** Resolves when what the server knows now is shown. One question at a time; what changes meanwhile is asked after it. */
  refresh(): Promise<void> {
    this.stale = true;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<void> {
    do {
      this.stale = false;
      const params: AgentsParams = { known: this.digest };
      const result = await this.server.ask<AgentsResult>(AGENTS, params);
      // Without a server what was known stays; it asks again once one runs.
      if (!result) return;
      this.digest = result.digest;
      if (this.view) this.view.message = result.reading && this.agents.length + (result.agents?.length ?? 0) === 0 ? 'Reading the workspace…' : undefined;
      // only then does the view say that there are none: before the rows are drawn it would say so of any workspace
      void commands.executeCommand('setContext', 'countersign.agents.read', !result.reading && (result.agents ?? this.agents).length === 0);
      if (!result.agents) {
        await this.followStages();
        continue;
      }
      this.agents = result.agents;
      this.opened.clear();
      this.emitter.fire(undefined);
    } while (this.stale);
  }

  getTreeItem(node: Node): TreeItem {
    return itemOf(node, this.agents.length <= MANY);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return [...this.groups(), ...adoptOf(this.agents)];
    if (node.kind === 'group') return [...node.agents];
    if (node.kind === 'agent') return [...partsOf(node), ...(await this.nextOf(node))];
    if (node.kind === 'next') return node.missing.map((missing, index) => ({ kind: 'missing', of: node, index, missing }));
    if (node.kind !== 'parts') return [];
    const { id, folder } = node.of.agent;
    const params: AgentPartsParams = { agent: id, folder };
    const found = await this.server.ask<AgentPartsResult>(AGENT_PARTS, params);
    return (found?.[node.parts] ?? []).map((part, index) => ({ kind: 'part', of: node, index, part }));
  }

  private async nextOf(node: AgentNode): Promise<readonly NextNode[]> {
    const next = await this.askNext(node);
    if (this.opened.size < MANY) this.opened.set(node, JSON.stringify(next ?? null));
    return next ? [{ kind: 'next', of: node, stage: next.stage, missing: next.missing }] : [];
  }

  private async askNext({ agent: { id, folder, next } }: AgentNode): Promise<AgentNextResult | undefined> {
    return next === null ? null : this.server.ask<AgentNextResult>(AGENT_NEXT, { agent: id, folder } satisfies AgentPartsParams);
  }

  /** Draws anew the agents of which something else is missing now. */
  private async followStages(): Promise<void> {
    for (const [node, known] of [...this.opened]) {
      const now = await this.askNext(node);
      if (now !== undefined && this.opened.has(node) && JSON.stringify(now) !== known) this.emitter.fire(node);
    }
  }

  dispose(): void {
    this.emitter.dispose();
  }

  private describe(): void {
    if (this.view) this.view.description = `by ${this.grouped}`;
    void commands.executeCommand('setContext', 'countersign.agents.grouping', this.grouped);
  }
}
