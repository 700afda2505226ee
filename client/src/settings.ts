// The section `countersign` of the editor's settings, as plain data. In a workspace that is not trusted the editor leaves the workspace's own values out.
import { workspace } from 'vscode';
import type { Settings } from '../../server/src/protocol';

export const SECTION = 'countersign';

export function settings(): Settings {
  const section = workspace.getConfiguration(SECTION);
  return {
    severity: { ...section.get<Record<string, string>>('severity', {}) },
    exclude: [...section.get<string[]>('exclude', [])],
  };
}
