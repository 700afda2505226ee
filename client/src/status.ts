// The status bar item: what the server is doing and how many findings there are.
import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable } from 'vscode';
import type { StatusParams } from '../../server/src/protocol';

export type ServerState = StatusParams | 'starting' | 'stopped';

export interface StatusItem extends Disposable {
  show(state: ServerState): void;
}

export function createStatusItem(): StatusItem {
  const item = window.createStatusBarItem('countersign.status', StatusBarAlignment.Left, 0);
  item.name = 'Countersign';
  const show = (state: ServerState): void => {
    const words = describe(state);
    const stopped = state === 'stopped';
    item.text = words.text;
    item.tooltip = tooltip(words.lines, stopped);
    item.accessibilityInformation = { label: `Countersign: ${words.lines.join(' ')}` };
    item.command = stopped ? 'countersign.restartServer' : 'workbench.actions.view.problems';
    item.backgroundColor = stopped ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  return { show, dispose: () => item.dispose() };
}

interface Words {
  readonly text: string;
  readonly lines: readonly string[];
}

/** The item's text and what its tooltip and a screen reader say. */
function describe(state: ServerState): Words {
  if (state === 'starting') return { text: '$(loading~spin) Countersign', lines: ['The server is starting.'] };
  if (state === 'stopped') return { text: '$(debug-disconnect) Countersign: stopped', lines: ['The server is not running. Findings are not updated.'] };
  const found = state.files === 0 ? 'No agent files and no Countersign documents were found.' : `${count(state.agents, 'agent')} in ${count(state.files, 'file')}.`;
  const skipped = state.skipped > 0 ? [`${count(state.skipped, 'file')} skipped; the output names ${state.skipped === 1 ? 'it' : 'them'}.`] : [];
  if (state.state === 'indexing') return { text: '$(loading~spin) Countersign', lines: ['Reading the workspace.', found, ...skipped] };
  const numbers = [
    [state.error, '$(error)', 'error'],
    [state.warning, '$(warning)', 'warning'],
    [state.information, '$(info)', 'note'],
  ] as const;
  const shown = numbers.filter(([number]) => number > 0);
  const text = shown.length === 0 ? '$(check) Countersign' : `Countersign ${shown.map(([number, icon]) => `${icon} ${number}`).join(' ')}`;
  const said = [...shown.map(([number, , word]) => count(number, word)), ...(state.hint > 0 ? [count(state.hint, 'hint')] : [])];
  return { text, lines: [said.length === 0 ? 'No findings.' : `${said.join(', ')}.`, found, ...skipped] };
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

function tooltip(lines: readonly string[], stopped: boolean): MarkdownString {
  const links = [...(stopped ? [] : ['[Problems](command:workbench.actions.view.problems)']), '[New Document…](command:countersign.newDocument)', '[Restart Server](command:countersign.restartServer)', '[Show Output](command:countersign.showOutput)'];
  const text = new MarkdownString(`**Countersign**\n\n${lines.join('  \n')}\n\n${links.join(' · ')}`);
  text.isTrusted = { enabledCommands: ['workbench.actions.view.problems', 'countersign.newDocument', 'countersign.restartServer', 'countersign.showOutput'] };
  return text;
}
