// The documentation of a code as a page.
import { codeDoc } from '../core/lint';

/** Markdown, or null for a code that is none. */
export function explainCode(code: string): string | null {
  const found = codeDoc(code);
  if (!found) return null;
  const parts = [`# ${found.code}`, `${found.title}. Severity: ${found.severity}.`, found.doc.trim()];
  if (found.bad !== undefined) parts.push(`Reported:\n\n${fenced(found.bad)}`);
  if (found.good !== undefined) parts.push(`Not reported:\n\n${fenced(found.good)}`);
  return `${parts.join('\n\n')}\n`;
}

const fenced = (example: string): string => `\`\`\`yaml\n${example.trim()}\n\`\`\``;
