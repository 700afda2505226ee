// What the command line asks approvers to sign, to compare with.
import assert from 'node:assert/strict';
import { loadWorkspace } from '../../server/src/cli/load';
import { ENGINE } from '../../server/src/core/policy';
import { AGENTS } from '../../server/src/core/workspace';
import { memoryHost, ROOT } from '../cli/memory-host';

/** The digest of the first agent of a workspace, files by path. */
export async function digestOf(files: Readonly<Record<string, string>>): Promise<string> {
  const { workspace } = await loadWorkspace(memoryHost(files), ROOT);
  const [found] = workspace.shared(AGENTS).all;
  assert.ok(found);
  return workspace.shared(ENGINE).digest(found);
}
