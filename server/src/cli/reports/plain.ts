// Markdown as plain text: what our own documentation uses, no more.

/** Headings, emphasis, code and links lose their marks; fenced code keeps its lines. */
export function plainText(markdown: string): string {
  let fenced = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (/^\s*```/.test(line)) {
      fenced = !fenced;
      continue;
    }
    lines.push(fenced ? `    ${line}` : inline(line.replace(/^#+\s+/, '')));
  }
  return lines.join('\n').trim();
}

const inline = (line: string): string =>
  line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1').replace(/`([^`]+)`/g, '$1');
