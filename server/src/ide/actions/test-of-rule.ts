// A PolicyTest for the rule under the cursor: a request that it matches, with the decision as it is now.
import { parseRequest } from '../../core/model';
import type { Workspace } from '../../core/workspace';
import { exampleOfRule } from '../lenses';
import { saveTest, testFiles } from '../simulate';
import type { CodeAction } from '../types';

export function testOfRule(workspace: Workspace, path: string, offset: number): CodeAction | null {
  for (const document of workspace.facts(path)?.documents ?? []) {
    if (document.kind !== 'Policy' || document.syntax.length > 0) continue;
    for (let index = 0; ; index++) {
      const rule = document.places.value(`/spec/rules/${index}`);
      if (!rule) break;
      const id = document.places.value(`/spec/rules/${index}/id`);
      if (!id || offset < id.start || offset > id.end) continue;
      const example = exampleOfRule(workspace, path, document.index, index, workspace.now);
      const parsed = example === undefined || example === null ? null : parseRequest(example);
      if (!parsed || 'bad' in parsed) return null;
      const { paths, newPath, name } = testFiles(workspace, parsed.request);
      const target = paths[0] ?? newPath;
      const saved = saveTest(workspace, parsed.request, target, name, workspace.now);
      const rest = workspace.text(path)?.slice(id.start, id.end) ?? '';
      return saved && { title: `Generate a test of rule ${rest} in ${target}`, kind: 'refactor', edits: [{ path: target, edits: [saved.edit], ...(saved.create ? { create: true } : {}) }] };
    }
  }
  return null;
}
