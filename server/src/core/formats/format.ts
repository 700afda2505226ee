// What every foreign format gives: how it is recognised, and what it tells, with spans, before any model is made of it.
import type { Problem, Span } from '../text';
import type { CedarEngine } from './cedar';
import type { ForeignHook } from './hook';
import type { ForeignPermissions } from './permissions';
import type { FormatRuleInfo } from './rule';

/** A value and where it stands in the whole file's text. */
export interface Spanned<T> {
  readonly value: T;
  readonly span: Span;
}

/** A format is one folder and one line of the registry. Paths are relative to the workspace, with forward slashes. */
export interface Format {
  /** the word in `format/<id>/...`, in `agents` and in `sources` */
  readonly id: string;
  readonly title: string;
  /** what it reports, for documentation, severities and `explain` */
  readonly rules: readonly FormatRuleInfo[];
  /** By the path alone, and cheap: false spares the workspace from reading the file. */
  canBe(path: string): boolean;
  /** By path and content. `text` is called only where the path leaves it open. */
  recognise(path: string, text: () => string): boolean;
  /** Reads a file that was recognised. Never throws; what cannot be read is a problem, the rest is kept. `cedar`: null as long as it is not loaded. */
  read(path: string, text: string, cedar?: CedarEngine | null): ForeignFile;
}

export interface ForeignFile {
  readonly format: string;
  readonly problems: readonly Problem[];
  readonly agents: readonly ForeignAgent[];
  /** servers that the file configures for whoever uses it; an agent's own stand in the agent */
  readonly servers: readonly ForeignServer[];
  /** what it permits, asks for and forbids; absent where the format has no such thing, or the file says nothing of it */
  readonly permissions?: readonly ForeignPermissions[];
  /** the name of the agent that stands for the tool itself where permissions are there and no agent file is: `claude`, `codex`, `gemini` */
  readonly tool?: string;
  /** files that it takes parts from, as written, beginning at its own folder */
  readonly bases?: readonly string[];
  /** what it says of who owns what, for formats that are there for it */
  readonly owners?: ForeignOwners;
  /** the files whose texts or parts it takes over, as paths of the workspace: where one of them changes, this one means something else */
  readonly uses?: readonly string[];
  /** What it means with the files that it uses; absent where it stands alone. Pure, never throws. */
  readonly joined?: (others: OtherFiles) => JoinedFile;
  /** commands that run before a tool is called, and may stop the call */
  readonly hooks?: readonly ForeignHook[];
  /** what the format keeps of it for the files that use it */
  readonly detail?: object;
  /** it holds Cedar and was read without its engine: it is to be read again once that is there */
  readonly awaits?: 'cedar';
}

/** The other files of the workspace, by path. */
export interface OtherFiles {
  /** null for a file of no format, and where nothing stands */
  file(path: string): ForeignFile | null;
  /** null where nothing stands, or it was not read */
  text(path: string): string | null;
  /** a file or a folder */
  exists(path: string): boolean;
  /** the files of a format, sorted; asks for all of them */
  ofFormat(format: string): readonly string[];
  /** null as long as it is not loaded */
  readonly cedar: CedarEngine | null;
}

/** What takes the place of the file's own. */
export interface JoinedFile {
  readonly agents: readonly ForeignAgent[];
  readonly permissions: readonly ForeignPermissions[];
  /** found in the whole, beside what was found in the file alone */
  readonly problems: readonly Problem[];
}

/** What one file tells of one agent. Absent fields are null or empty, never guessed; what a default gives is `assumed`. */
export interface ForeignAgent {
  readonly id: string;
  /** where to point when the agent as a whole is meant */
  readonly span: Span;
  readonly title: Spanned<string> | null;
  readonly purpose: Spanned<string> | null;
  /** the file's own word on who owns it, where the format has room for one */
  readonly owner: Spanned<string> | null;
  /** in order of preference */
  readonly models: readonly ForeignModel[];
  /** patterns over `server/tool` */
  readonly tools: readonly ForeignTool[];
  readonly except: readonly ForeignTool[];
  readonly delegates: readonly ForeignDelegate[];
  /** true where it may hand work to any agent: by `*`, or because the format does so when nothing is listed */
  readonly delegatesToAny: boolean;
  /** servers that exist for this agent only */
  readonly servers: readonly ForeignServer[];
  /** what starts it or reaches it with text that anybody can write, as names of channels */
  readonly untrusted?: readonly string[];
  /** where it runs, in the format's own word */
  readonly environment: Spanned<string> | null;
  readonly labels: readonly ForeignLabel[];
  /** top-level fields as written, for findings about the agent from elsewhere */
  readonly fields: ReadonlyMap<string, ForeignField>;
}

export interface ForeignField {
  readonly key: Span;
  readonly value: Span;
}

export interface ForeignLabel extends Spanned<string> {
  readonly name: string;
}

export interface ForeignModel extends Spanned<string> {
  /** the model's name without the vendor */
  readonly name: string;
  readonly vendor: string | null;
}

export interface ForeignTool {
  /** a pattern over `server/tool` */
  readonly pattern: string;
  /** as the file has it; empty where it is assumed */
  readonly written: string;
  readonly span: Span;
  /** true where the format's default gives it and the file does not say so */
  readonly assumed: boolean;
  /** true for a lone name that this file does not explain: the tool of an extension, a tool set, or a server (then it means `name/*`) */
  readonly unresolved: boolean;
}

export interface ForeignDelegate {
  /** as written: an agent's id or its title */
  readonly name: string;
  readonly span: Span;
  readonly via: 'subagent' | 'handoff';
}

export type Transport = 'stdio' | 'http' | 'sse' | 'ws' | 'unknown';

export interface ForeignServer {
  readonly name: string;
  /** the name */
  readonly span: Span;
  /** the whole entry, name included */
  readonly entry: Span;
  readonly description: Spanned<string> | null;
  readonly transport: Transport;
  readonly command: Spanned<string> | null;
  readonly args: readonly Spanned<string>[];
  readonly url: Spanned<string> | null;
  /** what a package runner or container engine would fetch and run, where the command is one */
  readonly package: ServerPackage | null;
  /** the tools that may be used of it; null means all */
  readonly tools: readonly Spanned<string>[] | null;
}

export interface ServerPackage {
  readonly registry: 'npm' | 'pypi' | 'nuget' | 'oci';
  readonly name: string;
  /** as written: an exact version, a range, a tag, a digest; null where there is none */
  readonly version: string | null;
  /** whether the same thing runs each time; null where variables hide it */
  readonly pinned: boolean | null;
  readonly runner: string;
  readonly span: Span;
}

export interface ForeignOwners {
  /** null where the file is none */
  readonly codeowners: CodeOwners | null;
  readonly entities: readonly BackstageEntity[];
}

/** A CODEOWNERS file; GitHub's has one section. */
export interface CodeOwners {
  readonly dialect: 'github' | 'gitlab';
  readonly sections: readonly CodeOwnersSection[];
}

export interface CodeOwnersSection {
  /** null for the lines that stand in no section */
  readonly name: string | null;
  /** nobody of it must approve */
  readonly optional: boolean;
  /** how many of it must approve */
  readonly approvals: number;
  /** who owns what its lines name without an owner */
  readonly defaults: readonly Spanned<string>[];
  readonly rules: readonly CodeOwnersRule[];
  /** their indices by the names with which every path that fits begins, in their order */
  readonly byPrefix: ReadonlyMap<string, readonly number[]>;
}

export interface CodeOwnersRule {
  readonly pattern: string;
  readonly span: Span;
  /** `@organisation/team`, `@user`, `@@role` or a mail address, as written */
  readonly owners: readonly Spanned<string>[];
  /** takes paths out of its section */
  readonly exclusion: boolean;
  /** every path fits: a default */
  readonly everything: boolean;
  /** the names with which every path that fits begins */
  readonly prefix: string;
  /** `names`: those of the path, for who asks many */
  matches(path: string, names?: readonly string[]): boolean;
}

/** An entity of Backstage. */
export interface BackstageEntity {
  /** in small letters */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** its name */
  readonly span: Span;
  readonly title: string | null;
  readonly email: string | null;
  /** of a group, and the groups of a user, as written */
  readonly members: readonly string[];
  readonly memberOf: readonly string[];
  /** `ref`: as `kind:namespace/name` */
  readonly owner: (Spanned<string> & { readonly ref: string }) | null;
}
