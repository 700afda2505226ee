// States of workspaces for the tests of the analysis.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { ENGINE, type Engine } from '../../../server/src/core/policy';
import { Workspace } from '../../../server/src/core/workspace';

export const NOW = Date.UTC(2026, 10, 22, 10);

export function engineFrom(files: ReadonlyMap<string, string>): Engine {
  const workspace = new Workspace();
  workspace.applyChange({ files, now: NOW });
  return workspace.shared(ENGINE);
}

/** The files of the example, without those that are faulty on purpose. */
export function acmeFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: string, inside: string): void => {
    for (const name of readdirSync(folder).sort()) {
      if (statSync(`${folder}/${name}`).isDirectory()) {
        if (name !== 'faults') walk(`${folder}/${name}`, `${inside}${name}/`);
      } else files.set(inside + name, readFileSync(`${folder}/${name}`, 'utf8'));
    }
  };
  walk('test/workspaces/acme', '');
  return files;
}
