// A configured tool server against what the Catalog says a server of that name is.
import type { ForeignServer } from '../../../formats';
import type { Declared } from '../../../workspace';
import type { Rule } from '../../rule';
import { table, text, type Table } from '../values';
import { SERVER_IDENTITY } from './docs';

export const serverIdentity: Rule = {
  codes: [SERVER_IDENTITY],
  check({ facts, queries, report }) {
    const servers = [...(facts.foreign?.servers ?? []), ...(facts.foreign?.agents ?? []).flatMap((a) => a.servers)];
    for (const server of servers) {
      const declared = queries.places('server', server.name).find((d): d is Declared => d.ours);
      const differs = declared ? difference(table(declared.value), server) : null;
      if (!declared || !differs) continue;
      report({
        code: SERVER_IDENTITY.code,
        span: server.span,
        message: `The Catalog says that \`${server.name}\` is ${differs.said}, and here it is ${differs.found}. Correct the configuration, or give this server another name.`,
        related: [{ path: declared.path, span: declared.span, message: 'What the Catalog says.' }],
      });
    }
  },
};

/** What each side says where they differ; null where they agree, or where one leaves it open. */
function difference(entry: Table, server: ForeignServer): { said: string; found: string } | null {
  const url = text(entry.url);
  const command = text(entry.command);
  const pack = text(entry.package);
  const line = server.command ? [server.command.value, ...server.args.map((a) => a.value)].join(' ') : null;
  const found = server.url ? `\`${server.url.value}\`` : server.package ? `the package \`${server.package.name}\`` : line !== null ? `\`${cut(line)}\`` : null;
  if (found === null || /\$\{/.test(server.url?.value ?? line ?? '')) return null;
  if (url !== null && server.url) return trim(url) === trim(server.url.value) ? null : { said: `\`${url}\``, found };
  if (pack !== null && server.package) return samePackage(pack, server) ? null : { said: `the package \`${pack}\``, found: `the package \`${server.package.name}${server.package.version ? `@${server.package.version}` : ''}\`` };
  if (command !== null && line !== null) return line === command || line.startsWith(`${command} `) || server.command?.value === command ? null : { said: `\`${command}\``, found };
  const said = url ?? (pack === null ? command : `the package ${pack}`);
  return said === null ? null : { said: `\`${said}\``, found };
}

const trim = (url: string): string => url.replace(/\/+$/, '');
const cut = (line: string): string => (line.length > 60 ? `${line.slice(0, 57)}…` : line);

/** The name must agree, and the version where the Catalog gives one. A registry prefix (`npm:`) is not part of the name. */
function samePackage(said: string, server: ForeignServer): boolean {
  const bare = said.replace(/^[a-z]+:(?!\/\/)/, '');
  const at = bare.lastIndexOf('@');
  const [name, version] = at > 0 ? [bare.slice(0, at), bare.slice(at + 1)] : [bare, null];
  return name === server.package?.name && (version === null || version === server.package.version);
}
