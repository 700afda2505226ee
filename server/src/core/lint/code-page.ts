// The documentation of a code as a page of Markdown.
import type { CodeDoc } from './rule';

/** Without the heading. */
export function codeBody(doc: CodeDoc): string {
  const parts = [doc.doc.trim()];
  if (doc.bad !== undefined) parts.push(`Reported:\n\n${fenced(doc.bad)}`);
  if (doc.good !== undefined) parts.push(`Not reported:\n\n${fenced(doc.good)}`);
  return parts.join('\n\n');
}

/** The whole page: the code, what it says and how grave it is, then the rest. */
export const codePage = (doc: CodeDoc): string => `# ${doc.code}\n\n${doc.title.charAt(0).toUpperCase()}${doc.title.slice(1)}. Severity: ${doc.severity}.\n\n${codeBody(doc)}\n`;

const fenced = (example: string): string => `\`\`\`yaml\n${example.trim()}\n\`\`\``;
