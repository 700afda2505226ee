// Text made plain: Markdown without its marks (what our own documentation uses, no more), and UTF-16 without halves.

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

/** Half surrogate pairs, which no encoding can hold, become U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
