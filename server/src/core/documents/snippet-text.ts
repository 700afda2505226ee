// Snippet syntax, as far as our own fixes and schema bodies use it: `${1:text}`, `${1|a,b|}`, `$0`, and backslash escapes.

/** Text that a snippet shows as it is. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** In a choice the editor knows these escapes only: a backslash before anything else would be inserted. */
const escapeChoice = (text: string): string => text.replace(/[\\,|]/g, '\\$&');

export const placeholder = (index: number, text: string): string => `\${${index}:${escapeSnippet(text)}}`;

/** A choice that begins with its first value; an empty value, with which the editor would take none of it for a choice, is left out. */
export function choice(index: number, values: readonly string[]): string {
  const written = values.filter((value) => value !== '').map(escapeChoice);
  return written.length === 0 ? `\${${index}}` : `\${${index}|${written.join(',')}|}`;
}

/** The text that a snippet leaves when every tab stop keeps its default. Bounded by the text's length. */
export function plainOfSnippet(body: string): string {
  let out = '';
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const c = body[i];
    if (c === '\\' && /[\\$}]/.test(body[i + 1] ?? '')) out += body[++i];
    else if (c === '$' && /\d/.test(body[i + 1] ?? '')) while (/\d/.test(body[i + 1] ?? '')) i++;
    else if (c === '$' && body[i + 1] === '{') {
      const head = /^\$\{\d+(:|\||\})/.exec(body.slice(i, i + 24));
      if (!head) out += c;
      else if (head[1] === '|') {
        const parts = /^((?:\\.|[^\\,|])*)((?:\\.|[^\\|])*)\|\}/.exec(body.slice(i + head[0].length));
        out += (parts?.[1] ?? '').replace(/\\(.)/g, '$1');
        i += head[0].length + (parts?.[0].length ?? 0) - 1;
      } else {
        if (head[1] === ':') depth++;
        i += head[0].length - 1;
      }
    } else if (c === '}' && depth > 0) depth--;
    else out += c;
  }
  return out;
}
