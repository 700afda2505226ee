// Comment threads at changed rules, in the file and in the diff editor: what changes, an example, who must approve, what can be done.
import { CommentMode, CommentThreadCollapsibleState, MarkdownString, Range, Uri, comments, type Comment, type CommentThread, type Disposable } from 'vscode';
import { ACCEPT_CHANGE, SIMULATE_CHANGE, TEST_CHANGE } from './commands';
import type { Placed, ReviewModel } from './model';
import { GLYPHS, lensWords, ownerWords, plain } from './words';

/** At one place more are counted. */
const MAX_AT_PLACE = 5;
/** More threads than this slow the editor down and are read by nobody; the tree has all. */
const MAX_THREADS = 200;

export class ReviewComments implements Disposable {
  private readonly controller = comments.createCommentController('countersign.review', 'Decision changes');
  private readonly threads = new Map<string, { readonly thread: CommentThread; said: string }>();
  private readonly part: Disposable;

  constructor(private readonly model: ReviewModel) {
    this.controller.options = {};
    this.part = model.onDidChange(() => this.draw());
    this.draw();
  }

  /** What all threads say, for whoever calls a command. */
  texts(): readonly { readonly uri: string; readonly line: number; readonly label: string; readonly body: string }[] {
    return [...this.threads.values()].map(({ thread }) => ({ uri: thread.uri.toString(), line: thread.range?.start.line ?? -1, label: thread.label ?? '', body: thread.comments.map(({ body }) => (typeof body === 'string' ? body : body.value)).join('\n') }));
  }

  dispose(): void {
    this.part.dispose();
    this.controller.dispose();
  }

  private draw(): void {
    const places = new Map<string, Placed[]>();
    for (const placed of this.model.all()) {
      const { place, accepted } = placed.change;
      if (!place || accepted) continue;
      // a thread stays one where its rule moves by lines
      const key = `${place.uri} ${placed.change.rules.after[0] ?? placed.change.rules.before[0] ?? placed.change.agents[0] ?? ''} ${place.range.start.line}`;
      const there = places.get(key);
      if (there) there.push(placed);
      else if (places.size < MAX_THREADS) places.set(key, [placed]);
    }
    for (const [key, { thread }] of this.threads) {
      if (places.has(key)) continue;
      thread.dispose();
      this.threads.delete(key);
    }
    for (const [key, changes] of places) this.write(key, changes);
  }

  private write(key: string, changes: readonly Placed[]): void {
    const place = changes[0]?.change.place;
    if (!place) return;
    const said = JSON.stringify(changes);
    const known = this.threads.get(key);
    if (known?.said === said) return;
    const range = new Range(place.range.start.line, place.range.start.character, place.range.end.line, place.range.end.character);
    const shown = changes.slice(0, MAX_AT_PLACE).map(commentOf);
    if (changes.length > MAX_AT_PLACE) shown.push(comment(new MarkdownString(`and ${changes.length - MAX_AT_PLACE} more, in *Decision Changes*`)));
    const thread = known?.thread ?? this.controller.createCommentThread(Uri.parse(place.uri, true), range, shown);
    thread.range = range;
    thread.comments = shown;
    thread.canReply = false;
    thread.label = lensWords(changes.map(({ change }) => change));
    if (!known) thread.collapsibleState = CommentThreadCollapsibleState.Collapsed;
    this.threads.set(key, { thread, said });
  }
}

function comment(body: MarkdownString): Comment {
  return { author: { name: 'Countersign' }, mode: CommentMode.Preview, body };
}

function commentOf({ folder, base, change }: Placed): Comment {
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: [ACCEPT_CHANGE, SIMULATE_CHANGE, TEST_CHANGE] };
  const facts = [
    ...(change.example === '' ? [] : [`Example: ${plain(change.example)}.`]),
    `Before: ${plain(change.beforeWords)}.`, plain(ownerWords(change)),
  ].filter(Boolean);
  // two blanks at the end break a line
  text.appendMarkdown(`**${GLYPHS[change.change]} ${change.heading}.** ${plain(change.sentence)}\n\n${facts.join('  \n')}\n\n`);
  const link = (title: string, command: string): string => `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([folder, change.key]))})`;
  const links = [link('Accept with reason…', ACCEPT_CHANGE), ...(change.witness === null ? [] : [link('Make a test', TEST_CHANGE), link('Open in simulator', SIMULATE_CHANGE)])];
  text.appendMarkdown(links.join(' · '));
  return { ...comment(text), label: `vs ${base}` };
}
