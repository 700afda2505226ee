// Two subagents of Claude Code that go by one name: it keeps one of them, and does not say which.
import type { CodeDoc, Rule } from '../../rule';

const reviewer = (file: string, name: string): string => `#- .claude/agents/${file}.md\n---\nname: ${name}\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n`;

const DOC: CodeDoc = {
  code: 'format/claude-agent/same-name',
  severity: 'warning',
  title: 'Two subagents of one name',
  doc: `Claude Code calls a subagent by the \`name\` in its frontmatter, wherever below \`.claude/agents\` the file lies. Of two files with one name it keeps one and drops the other without a word; which one, it does not say.
So the tools and the instructions that were reviewed may not be those that run. A copy that was kept as a backup has this effect too.

**Evidence:** Claude Code's page on subagents: the folder is searched with all its subfolders, and identity comes from \`name\` alone. The agents of a project above or below are of another scope, where the nearest one wins, and are not compared.

**Mend it:** give one of them another name, or move the file out of \`.claude/agents\`.`,
  bad: `${reviewer('review/security', 'security-reviewer')}#- .claude/agents/old/security.md\n---\nname: security-reviewer\ndescription: Reviews changes.\ntools: Read\n---\nYou review changes.\n`,
  good: reviewer('security', 'security-reviewer') + reviewer('style', 'style-reviewer'),
};

/** The folder whose `.claude/agents` a file lies in; null for another one. */
function scopeOf(path: string): string | null {
  const at = `/${path}`.indexOf('/.claude/agents/');
  return at < 0 ? null : path.slice(0, at);
}

export const sameName: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    const scope = facts.format === 'claude-agent' ? scopeOf(path) : null;
    if (scope === null) return;
    for (const agent of facts.foreign?.agents ?? []) {
      // a file without a description is skipped for that, and takes nobody's place
      if (!agent.fields.has('description')) continue;
      const others = queries.places('agent', agent.id).filter((other) => other.path !== path && scopeOf(other.path) === scope && loads(queries.facts(other.path)?.foreign?.agents.find(({ id }) => id === agent.id)));
      const [first] = others;
      if (first) report({
        code: DOC.code, span: agent.span,
        message: `${others.length === 1 ? `\`${first.path}\` has` : `${others.length} other files have`} the name \`${agent.id}\` too: Claude Code keeps one and drops the ${others.length === 1 ? 'other' : 'others'} without a word. Give each its own name, or move the copy out of \`.claude/agents\`.`,
        related: others.slice(0, 5).map((other) => ({ path: other.path, span: other.span, message: 'the same name' })),
      });
    }
  },
};

const loads = (agent: { readonly fields: ReadonlyMap<string, unknown> } | undefined): boolean => agent?.fields.has('description') === true;
