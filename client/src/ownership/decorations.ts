// The Explorer: a badge for files that nobody owns or that have findings, the team in the tooltip. The setting switches it off.
// Where the editor itself counts the problems of a file beside its name, their number is the badge.
import { EventEmitter, FileDecoration, ThemeColor, workspace, type Disposable, type FileDecorationProvider, type Uri } from 'vscode';
import type { FileOwnership } from '../../../server/src/protocol';
import type { Owners } from './owners';
import { count } from '../agents/nodes';

const SETTING = 'countersign.decorations';
/** the editor's own */
const COUNTS = ['problems.decorations.enabled', 'problems.visibility'];

export class OwnerDecorations implements FileDecorationProvider, Disposable {
  private readonly emitter = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.emitter.event;
  private readonly following: Disposable;

  constructor(private readonly owners: Owners) {
    this.following = workspace.onDidChangeConfiguration((change) => {
      if ([SETTING, ...COUNTS].some((setting) => change.affectsConfiguration(setting))) this.changed();
    });
  }

  changed(): void {
    this.emitter.fire(undefined);
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    const settings = workspace.getConfiguration(undefined, uri);
    if (!settings.get<boolean>(SETTING, true)) return undefined;
    const found = await this.owners.of(uri.toString());
    return found ? decorationOf(found, COUNTS.every((setting) => settings.get<boolean>(setting, true))) : undefined;
  }

  dispose(): void {
    this.following.dispose();
    this.emitter.dispose();
  }
}

/** Colour only repeats what badge and tooltip say. `counted`: the editor shows how many findings there are. */
function decorationOf(found: FileOwnership, counted: boolean): FileDecoration {
  const findings = found.findings.error + found.findings.warning;
  const owner = found.owner === null ? 'Nobody owns this' : `Owned by ${found.owner}${found.source && found.source !== 'the manifest' ? ` (${found.source})` : ''}`;
  const said = findings > 0 ? `${owner} · ${count(findings, 'finding')}` : owner;
  if (found.unowned) return new FileDecoration('?', said, new ThemeColor('list.warningForeground'));
  return findings > 0 && !counted ? new FileDecoration('!', said) : new FileDecoration(undefined, said);
}
