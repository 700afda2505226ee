// What the features for editors take and give: plain data with offsets. No protocol, no editor; the layers above convert.
import type { Finding } from '../core/lint';
import type { Span, TextEdit } from '../core/text';
import type { Workspace } from '../core/workspace';

/** A place in a file of the workspace. */
export interface Place {
  /** relative to the workspace folder, forward slashes */
  readonly path: string;
  readonly span: Span;
}

export interface Hover {
  /** what the text speaks of */
  readonly span: Span;
  readonly markdown: string;
}

export type CompletionKind = 'key' | 'value' | 'enum' | 'name' | 'variable' | 'field' | 'function' | 'operator' | 'keyword' | 'file' | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** a few words beside the label: a type, an owner */
  readonly detail?: string;
  /** Markdown */
  readonly documentation?: string;
  /** as it must stand in the file: lines behind the first hold their whole indentation */
  readonly insert: string;
  /** true when `insert` holds tab stops in snippet syntax */
  readonly snippet: boolean;
  /** what `insert` replaces: on the cursor's line, the cursor within */
  readonly replace: Span;
  readonly sortText?: string;
  /** what is compared with the typed text, where that is not the label */
  readonly filterText?: string;
  readonly additionalEdits?: readonly TextEdit[];
  readonly deprecated?: boolean;
  readonly preselect?: boolean;
}

export type SymbolKind = 'document' | 'group' | 'rule' | 'requirement' | 'case' | 'name' | 'variable' | 'tool' | 'agent' | 'field';

export interface DocumentSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  /** the whole thing */
  readonly span: Span;
  /** within `span`: what is selected when one goes there */
  readonly selection: Span;
  readonly deprecated?: boolean;
  readonly children: readonly DocumentSymbol[];
}

export interface WorkspaceSymbol extends Place {
  readonly name: string;
  readonly kind: SymbolKind;
  /** what holds it: the document, the file */
  readonly container?: string;
  readonly deprecated?: boolean;
}

export interface Folding {
  /** from the line of `start` to the line of `end` */
  readonly span: Span;
  readonly kind?: 'comment' | 'region';
}

export interface Link {
  readonly span: Span;
  /** a file of the workspace, or an https address */
  readonly target: { readonly path: string } | { readonly url: string };
  readonly tooltip?: string;
}

export interface FormatOptions {
  readonly indent: number;
}

/** The edits of one file. */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  /** the file is not there yet: it is made, and the edits are its text */
  readonly create?: boolean;
}

export interface CodeAction {
  readonly title: string;
  /** `quickfix`, `refactor...`, `source.fixAll.countersign`, ... */
  readonly kind: string;
  readonly edits: readonly FileEdits[];
  /** true when the new texts hold tab stops in snippet syntax */
  readonly snippet?: boolean;
  /** the findings that it mends: members of the list that was given, the same objects */
  readonly mends?: readonly Finding[];
  /** the one that a single key press may choose */
  readonly preferred?: boolean;
  /** a command of the client that is run instead of edits, with plain data */
  readonly command?: { readonly name: string; readonly arguments: readonly unknown[] };
}

export interface CodeActionQuery {
  /** what is selected; empty for a cursor */
  readonly span: Span;
  /** kinds that are asked for, a kind stands for those below it; absent: all */
  readonly only?: readonly string[];
  /** the findings of the whole file */
  readonly findings: readonly Finding[];
}

export interface Definition {
  /** the name under the cursor */
  readonly origin: Span;
  readonly targets: readonly (Place & { /** the whole thing that is named */ readonly whole?: Span })[];
}

export interface Highlight {
  readonly span: Span;
  readonly kind: 'declares' | 'uses';
}

/** What a hint speaks of; each can be switched off. */
/** `owner`: of the document or the agent file itself, where a lens says it as well: an editor that draws the lens need not draw both. */
export type HintKind = 'owner' | 'owners' | 'people' | 'expiries' | 'approvals';

export interface Hint {
  readonly offset: number;
  readonly text: string;
  readonly kind?: HintKind;
  /** Markdown */
  readonly tooltip?: string;
  readonly target?: Place;
  readonly before?: boolean;
  readonly after?: boolean;
}

export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** a command of the client and its arguments, plain data; absent: the title only tells */
  readonly command?: string;
  readonly arguments?: readonly unknown[];
  /** the URI of the file stands before the arguments */
  readonly with?: 'file';
}

export interface Rename {
  readonly span: Span;
  readonly placeholder: string;
}

/** What a rename does, and what is left to the user. */
export interface Renaming {
  readonly files: readonly FileEdits[];
  /** files that are called after the name; moved after the edits */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** edits that only the user can decide on, each group with its reason */
  readonly choices: readonly { readonly label: string; readonly description: string; readonly files: readonly FileEdits[] }[];
  /** what did not follow, or follows from it: sentences */
  readonly notes: readonly string[];
}

export interface LinkedEditing {
  /** places that hold the same text and change together */
  readonly spans: readonly Span[];
  /** what that text may be, as the source of a regular expression */
  readonly word: string;
}

/** An agent or a tool in the hierarchy of who hands work to whom. */
export interface CallItem extends Place {
  readonly name: string;
  readonly kind: 'agent' | 'tool';
  readonly detail: string;
  /** the whole document or entry */
  readonly whole: Span;
}

export interface Call {
  readonly item: CallItem;
  /** where the caller says so, in the caller's file */
  readonly at: readonly Span[];
}

export interface NewDocument {
  /** proposed, relative to the folder */
  readonly path: string;
  /** snippet syntax */
  readonly snippet: string;
}

/**
 * The features, as plain functions over a workspace. Each is called with a path that the workspace knows and an offset within its text,
 * and sees the text as it is now. What is not in the object is not offered to the editor.
 */
export interface Ide {
  readonly hover?: (workspace: Workspace, path: string, offset: number) => Hover | null;
  readonly complete?: (workspace: Workspace, path: string, offset: number) => readonly CompletionItem[];
  readonly documentSymbols?: (workspace: Workspace, path: string) => readonly DocumentSymbol[];
  readonly workspaceSymbols?: (workspace: Workspace, query: string) => readonly WorkspaceSymbol[];
  readonly folding?: (workspace: Workspace, path: string) => readonly Folding[];
  /** for each offset the spans around it, from the innermost to the outermost */
  readonly selectionRanges?: (workspace: Workspace, path: string, offsets: readonly number[]) => readonly (readonly Span[])[];
  readonly links?: (workspace: Workspace, path: string) => readonly Link[];
  /** `range`: only edits within it are wanted */
  readonly format?: (workspace: Workspace, path: string, options: FormatOptions, range?: Span) => readonly TextEdit[];
  readonly codeActions?: (workspace: Workspace, path: string, query: CodeActionQuery) => readonly CodeAction[];
  readonly definition?: (workspace: Workspace, path: string, offset: number) => Definition | null;
  readonly references?: (workspace: Workspace, path: string, offset: number, declaration: boolean) => readonly Place[];
  readonly highlights?: (workspace: Workspace, path: string, offset: number) => readonly Highlight[];
  readonly declaration?: (workspace: Workspace, path: string, offset: number) => Definition | null;
  readonly implementations?: (workspace: Workspace, path: string, offset: number) => Definition | null;
  /** a text says why it cannot be renamed */
  readonly prepareRename?: (workspace: Workspace, path: string, offset: number) => Rename | string | null;
  /** a text instead of edits says why it cannot be done */
  readonly rename?: (workspace: Workspace, path: string, offset: number, name: string) => Renaming | string;
  /** what follows files and folders that are about to be moved, as paths of the workspace */
  readonly moveFiles?: (workspace: Workspace, moves: readonly { readonly from: string; readonly to: string }[]) => readonly FileEdits[];
  readonly linkedEditing?: (workspace: Workspace, path: string, offset: number) => LinkedEditing | null;
  readonly prepareCalls?: (workspace: Workspace, path: string, offset: number) => readonly CallItem[];
  readonly incomingCalls?: (workspace: Workspace, item: Pick<CallItem, 'name' | 'kind' | 'path'>) => readonly Call[];
  readonly outgoingCalls?: (workspace: Workspace, item: Pick<CallItem, 'name' | 'kind' | 'path'>) => readonly Call[];
  readonly hints?: (workspace: Workspace, path: string, range: Span) => readonly Hint[];
  readonly lenses?: (workspace: Workspace, path: string) => readonly Lens[];
  readonly newDocument?: (workspace: Workspace, kind: string, name: string) => NewDocument | null;
}
