// Names under `tools` and `disallowedTools` that are nearly those of a tool.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { isMcpName } from '../../claude-settings/rule-text';
import { KNOWN } from '../../claude-settings/tools';
import type { SubagentSubject } from '../index';

export const unknownTool: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/unknown-tool',
  severity: 'warning',
  title: 'Claude Code has no tool of this name',
  documentation: `Names of tools are compared letter by letter, and a name that no tool has is dropped without a word: under \`tools\` the agent lacks what was meant, under \`disallowedTools\` it
keeps it. Names of Visual Studio Code's tools (\`codebase\`, \`edit/editFiles\`) are such names too. \`mcp__*\` is taken under \`disallowedTools\` only. Only names that are close to one of a tool are reported.

**Evidence:** Claude Code's pages on subagents and on its tools.

**Mend it:** write the name as the tools reference has it.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, bash\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Bash\n---\nYou review changes.\n' },
  check({ tools, disallowed }, report) {
    const foreign = (tools ?? []).filter(({ tool }) => ofVsCode(tool));
    const [first] = foreign;
    if (first) report({ span: first.span, message: `\`${first.tool}\`${foreign.length > 1 ? ` and ${foreign.length - 1} more here are tools` : ' is a tool'} of Visual Studio Code. Claude Code drops ${foreign.length > 1 ? 'them' : 'it'} without a word. Write the names of its own: \`Read\`, \`Edit\`, \`Bash\`, \`Grep\`.` });
    for (const entry of [...(tools ?? []), ...(disallowed ?? [])]) {
      const { tool, span, value } = entry;
      const gives = tools?.includes(entry) ?? false;
      if (tool === 'mcp__*' && gives) {
        report({ span, message: '`mcp__*` counts under `disallowedTools` only; here it gives no tool. Name the servers: `mcp__server`.' });
        continue;
      }
      if (KNOWN.has(tool) || isMcpName(tool) || tool.includes('*') || foreign.includes(entry)) continue;
      const meant = [...KNOWN].find((known) => known.toLowerCase() === tool.toLowerCase()) ?? nearest(tool, KNOWN);
      if (meant === null) continue;
      report({
        span,
        message: `Claude Code has no tool \`${tool}\` and drops the name without a word${gives ? '' : ', so the agent keeps the tool'}. \`${meant}\` may be meant.`,
        fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span: { start: span.start, end: span.end }, newText: meant + value.slice(tool.length) }] }],
      });
    }
  },
};

/** Names that only Visual Studio Code has for tools; some of its words are also Claude Code's in another case, and those are told apart by themselves. */
const ofVsCode = (tool: string): boolean => /^(?:search|edit|read|execute|web|vscode|agent|runCommands|runTasks|runNotebooks)\/\w+$|^(?:codebase|usages|changes|searchResults|findTestFiles|problems|editFiles|runCommands|runTasks|runTests|testFailure|terminalLastCommand|terminalSelection|terminalCommand|githubRepo|extensions|vscodeAPI|openSimpleBrowser|new)$/.test(tool);
