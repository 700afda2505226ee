// The tree of the Test Explorer: files with their cases, kept as the server has them.
import { Range, Uri, workspace, type Disposable, type TestController, type TestItem } from 'vscode';
import { TESTS_DISCOVER, type FilePlace, type TestFile, type TestsDiscoverParams, type TestsDiscoverResult } from '../../../server/src/protocol';
import type { Server } from '../server';

export const rangeOf = ({ start, end }: FilePlace['range']): Range => new Range(start.line, start.character, end.line, end.character);

const order = (index: number): string => String(index).padStart(6, '0');

export class Tree implements Disposable {
  private known: string | undefined;
  private asking: Promise<void> | undefined;
  private again = false;
  /** the cases of files by the URI as the server writes it, then by their ids */
  private readonly files = new Map<string, Map<string, TestItem>>();
  /** the URI as the server writes it, and the case's id; a file has no id */
  private readonly places = new WeakMap<TestItem, { readonly uri: string; readonly id?: string }>();

  constructor(private readonly controller: TestController, private readonly server: Server) {}

  /** Asks for the files and cases; resolves when they are shown. */
  refresh(): Promise<void> {
    if (this.asking) this.again = true;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  find(uri: string, id: string): TestItem | undefined {
    return this.files.get(uri)?.get(id);
  }

  /** What the item stands for. */
  placeOf(item: TestItem): { readonly uri: string; readonly id?: string } | undefined {
    return this.places.get(item);
  }

  dispose(): void {
    this.files.clear();
  }

  private async ask(): Promise<void> {
    do {
      this.again = false;
      const answer = await this.server.ask<TestsDiscoverResult>(TESTS_DISCOVER, { known: this.known } satisfies TestsDiscoverParams);
      if (!answer?.files) continue;
      this.known = answer.digest;
      this.show(answer.files);
    } while (this.again);
  }

  private show(files: readonly TestFile[]): void {
    this.files.clear();
    const roots = files.map((file) => {
      const item = this.item(this.controller.items.get(file.uri), file.uri, file.path.slice(file.path.lastIndexOf('/') + 1), file.uri);
      item.description = workspace.asRelativePath(Uri.parse(file.uri, true)).split('/').slice(0, -1).join('/');
      this.places.set(item, { uri: file.uri });
      const known = new Map<string, TestItem>();
      this.files.set(file.uri, known);
      const casesOf = (parent: TestItem, document: number | null): TestItem[] => file.cases.filter((one) => document === null || one.document === document).map(({ id, label, range }, index) => {
        const child = this.item(parent.children.get(id), id, label, file.uri);
        child.range = rangeOf(range);
        child.sortText = order(index);
        this.places.set(child, { uri: file.uri, id });
        known.set(id, child);
        return child;
      });
      // several documents of a file are told apart
      item.children.replace(file.documents.length < 2 ? casesOf(item, null) : file.documents.map(({ document, label, range }, index) => {
        const id = `\0document ${document}`;
        const there = item.children.get(id);
        const child = this.item(there?.label === label ? there : undefined, id, label, file.uri);
        child.range = rangeOf(range);
        child.sortText = order(index);
        this.places.set(child, { uri: file.uri });
        child.children.replace(casesOf(child, document));
        return child;
      }));
      return item;
    });
    this.controller.items.replace(roots);
  }

  /** The item that is there already, so that its result stays with it. */
  private item(there: TestItem | undefined, id: string, label: string, uri: string): TestItem {
    if (there) return there;
    return this.controller.createTestItem(id, label, Uri.parse(uri, true));
  }
}
