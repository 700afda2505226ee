// The section `countersign` of the editor's settings, as plain data. In a workspace that is not trusted the editor leaves the workspace's own values out.
import { workspace } from 'vscode';
import type { Settings } from '../../server/src/protocol';

export const SECTION = 'countersign';

/** As they are written, a copy, since the editor's own objects cannot be sent to a worker: the server says what is no setting. */
export function settings(): Settings {
  const section = workspace.getConfiguration(SECTION);
  return JSON.parse(JSON.stringify({ severity: section.get('severity'), exclude: section.get('exclude') })) as Settings;
}
