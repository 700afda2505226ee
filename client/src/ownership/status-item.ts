// The status bar for the open file: whose it is, and in the tooltip how to reach them and who must approve a change.
import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable } from 'vscode';
import type { FileOwnership } from '../../../server/src/protocol';
import type { Owners } from './owners';

export class OwnerStatus implements Disposable {
  private readonly item = window.createStatusBarItem('countersign.owner', StatusBarAlignment.Right, 90);

  constructor(private readonly owners: Owners, command: string) {
    this.item.name = 'Countersign: Owner of the File';
    this.item.command = command;
  }

  async refresh(): Promise<void> {
    const uri = window.activeTextEditor?.document.uri.toString();
    const found = uri === undefined ? null : await this.owners.of(uri);
    // meanwhile another file may have been opened
    if (uri !== window.activeTextEditor?.document.uri.toString()) return;
    if (!found) {
      this.item.hide();
      return;
    }
    this.item.text = found.owner === null ? '$(organization) no owner' : `$(organization) ${shortened(found.owner)}`;
    const lines = linesOf(found);
    this.item.tooltip = tooltip(found, lines);
    this.item.accessibilityInformation = { label: `Owner of this file: ${found.owner ?? 'nobody'}. ${lines.join('. ')}` };
    this.item.backgroundColor = found.unowned ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

const MAX_SHOWN = 40;
/** Icons are written `$(name)`; a team is never one. */
const shortened = (team: string): string => (team.length > MAX_SHOWN ? `${team.slice(0, MAX_SHOWN)}…` : team).replaceAll('$(', '$ (');

function linesOf(found: FileOwnership): string[] {
  const line = (label: string, text: string | null): string[] => (text === null || text === '' ? [] : [`${label}: ${text}`]);
  return [
    ...(found.owner === null ? ['Nobody owns this'] : [`Owner: ${found.owner}${found.title ? ` (${found.title})` : ''}${found.source ? `, by ${found.source}` : ''}`]),
    ...line('Accountable', found.accountable), ...line('Contact', found.contact), ...line('On call', found.oncall), ...line('Answers for its outputs', found.outputs),
    ...line('Changes need', found.approvers.join(', and ')),
    ...(found.policies > 0 ? [`${found.policies} ${found.policies === 1 ? 'policy applies' : 'policies apply'}`] : []),
    ...(found.gates.all > 0 ? [`Approval gates: ${found.gates.open} of ${found.gates.all} open`] : []),
  ];
}

function tooltip({ covers }: FileOwnership, lines: readonly string[]): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**');
  text.appendText(covers.slice(0, 3).join(', ') + (covers.length > 3 ? ', …' : ''));
  text.appendMarkdown('**\n\n');
  lines.forEach((line, index) => {
    if (index > 0) text.appendMarkdown('  \n');
    text.appendText(line);
  });
  return text;
}
