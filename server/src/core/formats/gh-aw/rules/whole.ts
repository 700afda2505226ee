// What is found in a workflow together with the files beside it.
import type { Span } from '../../../text';
import type { FormatRule } from '../../rule';
import type { Import } from '../sources';

export interface WholeSubject {
  readonly missing: readonly Import[];
  /** the file that runs is not there, though those of other workflows are */
  readonly uncompiled: { readonly span: Span; readonly lock: string } | null;
}

const example = (name: string): string => `---
on: { schedule: daily }
permissions: { contents: read }
engine: copilot
imports: [ shared/${name}.md ]
---
# Collect the news
#- .github/workflows/shared/tools.md
---
tools: { web-fetch: }
---
`;

const missingImport: FormatRule<WholeSubject> = {
  code: 'format/gh-aw/missing-import',
  severity: 'error',
  title: 'An import that is not there',
  documentation: `A workflow takes tools, servers and rules from the files under \`imports\`. One that is not there makes the workflow fail to compile, so that what was compiled before goes on running.

**Evidence:** the documentation of GitHub agentic workflows ("Imports"); a name with a question mark behind it may be missing.

**Mend it:** correct the path, which begins at the folder of the workflow, or remove the import. Imports from other repositories (\`owner/repo/path@ref\`) are not looked at.`,
  bad: { path: '.github/workflows/news.md', text: example('tool') },
  good: { path: '.github/workflows/news.md', text: example('tools') },
  check({ missing }, report) {
    for (const { value, span } of missing) report({ span, message: `No file \`${value}\` stands beside this workflow or in \`.github/workflows\`, so it does not compile. Correct the path, or remove the import.` });
  },
};

const workflow = '---\non: { schedule: daily }\npermissions: { contents: read }\nengine: copilot\n---\n# Collect the news\n';
const LOCK = 'name: x\n';

const notCompiled: FormatRule<WholeSubject> = {
  code: 'format/gh-aw/not-compiled',
  severity: 'warning',
  title: 'A workflow that does not run',
  documentation: `What runs is not the Markdown file but the \`.lock.yml\` that is compiled from it. Other workflows of the repository have theirs and this one has none, so it never runs.

**Evidence:** the documentation of GitHub agentic workflows: the lock file is what GitHub Actions executes, and is committed.

**Mend it:** run \`gh aw compile\` and commit what it writes.`,
  bad: { path: '.github/workflows/news.md', text: `${workflow}#- .github/workflows/sort.md\n${workflow}#- .github/workflows/sort.lock.yml\n${LOCK}` },
  good: { path: '.github/workflows/news.md', text: `${workflow}#- .github/workflows/news.lock.yml\n${LOCK}#- .github/workflows/sort.md\n${workflow}#- .github/workflows/sort.lock.yml\n${LOCK}` },
  check({ uncompiled }, report) {
    if (uncompiled) report({ span: uncompiled.span, message: `There is no \`${uncompiled.lock}\`, which is what runs, so this workflow never does. Run \`gh aw compile\` and commit what it writes.` });
  },
};

export const wholeRules: readonly FormatRule<WholeSubject>[] = [missingImport, notCompiled];
