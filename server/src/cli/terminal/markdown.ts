// Our own documentation, Markdown, for a terminal.
import { style } from './style';
import type { Style } from './style';
import { wrap } from './wrap';

/** Headings in bold, code in colour, fenced code indented, paragraphs wrapped. */
export function terminalMarkdown(markdown: string, options: { readonly colour: boolean; readonly columns: number }): string {
  const s = style(options.colour);
  const columns = Math.max(40, Math.min(options.columns, 100));
  const out: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) out.push(...block(paragraph, columns, s));
    paragraph = [];
  };
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*```/.test(line)) {
      flush();
      fenced = !fenced;
    } else if (fenced) out.push(line === '' ? '' : `    ${s.cyan(line)}`);
    else if (line.trim() === '') {
      flush();
      if (out.at(-1) !== '') out.push('');
    } else if (/^#+\s/.test(line)) {
      flush();
      out.push(s.bold(line.replace(/^#+\s+/, '')));
    } else if (/^\s*([-*]|\d+\.)\s|^\|/.test(line)) {
      flush();
      paragraph.push(line);
    } else paragraph.push(line.trim());
  }
  flush();
  return `${out.join('\n').trimEnd()}\n`;
}

function block(lines: readonly string[], columns: number, s: Style): readonly string[] {
  const first = lines[0] ?? '';
  if (first.startsWith('|')) return lines.map((line) => inline(line, s));
  const lead = /^\s*([-*]|\d+\.)\s+/.exec(first)?.[0] ?? '';
  const hang = ' '.repeat(lead.length);
  const text = [first.slice(lead.length), ...lines.slice(1)].join(' ');
  // the marks of Markdown count here although they are not shown: lines come out a little short, never long
  return inline(wrap(text, columns - lead.length).map((line, i) => (i === 0 ? lead : hang) + line).join('\n'), s).split('\n');
}

const inline = (text: string, s: Style): string =>
  text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)').replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => s.bold(bold)).replace(/`([^`]+)`/g, (_, code: string) => s.cyan(code));
