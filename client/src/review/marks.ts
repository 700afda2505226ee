// What changes show in the text itself: a mark in the gutter, a lens with counts, a problem for each widening.
import {
  CodeLens, Diagnostic, DiagnosticSeverity, EventEmitter, MarkdownString, OverviewRulerLane, Range, ThemeColor, Uri, languages, window, workspace,
  type CodeLensProvider, type DecorationOptions, type Disposable, type ExtensionContext, type TextEditor, type TextEditorDecorationType,
} from 'vscode';
import type { FilePlace, ReviewKind } from '../../../server/src/protocol';
import { SHOW_CHANGES } from './commands';
import type { Placed, ReviewModel } from './model';
import { GLYPHS, KINDS, lensWords, ownerWords, plain } from './words';

const COLOURS: Readonly<Record<ReviewKind, string>> = {
  widened: 'editorError.foreground', narrowed: 'editorGutter.addedBackground', 'approval-changed': 'editorWarning.foreground', 'obligations-changed': 'editorWarning.foreground', unknown: 'editorInfo.foreground',
};
const ICONS: Readonly<Record<ReviewKind, string>> = { widened: 'widened', narrowed: 'narrowed', 'approval-changed': 'otherwise', 'obligations-changed': 'otherwise', unknown: 'unknown' };

const rangeOf = ({ range: { start, end } }: FilePlace): Range => new Range(start.line, start.character, end.line, end.character);
const isOpen = ({ change }: Placed): boolean => !change.accepted && change.place !== null;

export class ReviewMarks implements Disposable, CodeLensProvider {
  private readonly emitter = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.emitter.event;
  /** apart from the server's: what changed is no fault of a file, and goes when it is merged */
  private readonly problems = languages.createDiagnosticCollection('countersign-review');
  private readonly kinds: ReadonlyMap<ReviewKind, TextEditorDecorationType>;
  private readonly parts: Disposable[];

  constructor(private readonly model: ReviewModel, { extensionUri }: ExtensionContext) {
    const icon = (kind: ReviewKind, theme: string): Uri => Uri.joinPath(extensionUri, 'client', 'media', 'review', `${ICONS[kind]}-${theme}.svg`);
    this.kinds = new Map(KINDS.map((kind) => [kind, window.createTextEditorDecorationType({
      overviewRulerColor: new ThemeColor(COLOURS[kind]), overviewRulerLane: OverviewRulerLane.Left, gutterIconSize: '70%',
      light: { gutterIconPath: icon(kind, 'light') }, dark: { gutterIconPath: icon(kind, 'dark') },
    })]));
    this.parts = [
      this.emitter, this.problems, ...this.kinds.values(),
      languages.registerCodeLensProvider([{ pattern: '**/*' }], this),
      window.onDidChangeVisibleTextEditors(() => this.decorate()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('countersign.lenses')) this.emitter.fire();
      }),
      model.onDidChange(() => this.draw()),
    ];
    this.draw();
  }

  provideCodeLenses(document: { readonly uri: Uri }): CodeLens[] {
    if (workspace.getConfiguration('countersign', document.uri).get<Record<string, boolean>>('lenses')?.review === false) return [];
    const lines = new Map<number, Placed[]>();
    for (const placed of this.model.in(document.uri.toString()).filter(isOpen)) {
      const line = placed.change.place?.range.start.line ?? 0;
      lines.set(line, [...(lines.get(line) ?? []), placed]);
    }
    return [...lines].map(([line, changes]) => new CodeLens(new Range(line, 0, line, 0), { title: lensWords(changes.map(({ change }) => change)), tooltip: 'Against what Decision Changes is compared with', command: SHOW_CHANGES, arguments: [changes[0]?.folder, changes[0]?.change.key] }));
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private draw(): void {
    this.emitter.fire();
    this.decorate();
    const byFile = new Map<string, Diagnostic[]>();
    for (const placed of this.model.all().filter((one) => isOpen(one) && one.change.change === 'widened')) {
      const { place } = placed.change;
      if (place) byFile.set(place.uri, [...(byFile.get(place.uri) ?? []), problemOf(placed, place)]);
    }
    this.problems.clear();
    for (const [uri, found] of byFile) this.problems.set(Uri.parse(uri, true), found);
  }

  private decorate(): void {
    for (const editor of window.visibleTextEditors) this.decorateOne(editor);
  }

  private decorateOne(editor: TextEditor): void {
    const changes = this.model.in(editor.document.uri.toString()).filter(isOpen);
    for (const [kind, decoration] of this.kinds) editor.setDecorations(decoration, changes.filter(({ change }) => change.change === kind).map(optionsOf));
  }
}

function optionsOf({ change, base }: Placed): DecorationOptions {
  const text = new MarkdownString(`**${GLYPHS[change.change]} ${change.heading}** (vs ${plain(base)})\n\n${plain(change.sentence)}`);
  return { range: change.place ? rangeOf(change.place) : new Range(0, 0, 0, 0), hoverMessage: text };
}

function problemOf({ change, base }: Placed, place: FilePlace): Diagnostic {
  const example = change.example === '' ? '' : ` Example: ${change.example}.`;
  const problem = new Diagnostic(rangeOf(place), `${change.heading} (vs ${base}): ${change.sentence}${example} Before: ${change.beforeWords}. ${ownerWords(change)}`.trim(), DiagnosticSeverity.Warning);
  problem.source = 'countersign review';
  problem.code = change.change;
  return problem;
}
