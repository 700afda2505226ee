// A remote server that is reached without encryption.
import type { FormatRule } from '../../rule';
import type { McpSubject, ServerEntry } from '../read-servers';
import { configValues, partSpan, type ConfigValue } from '../values';

export const plainHttp: FormatRule<McpSubject> = {
  code: 'format/mcp/plain-http',
  severity: 'warning',
  title: 'A remote server is reached without encryption',
  documentation: `The server's address begins with \`http://\` (or \`ws://\`) and is not on this machine. What the agent sends (arguments, headers,
tokens) can be read on the way, and what comes back can be
changed on the way: a tool result that somebody else wrote is an instruction to the agent.

**Evidence:** the MCP specification's authorization chapter asks for HTTPS. Addresses of the same machine, of containers by their lone name, and
addresses made from variables are not reported.

**Mend it:** use \`https://\`, or a tunnel that ends on the same machine.`,
  bad: { path: '.vscode/mcp.json', text: '{ "servers": { "docs": { "type": "http", "url": "http://mcp.example.com/docs" } } }' },
  good: { path: '.vscode/mcp.json', text: '{ "servers": { "docs": { "type": "http", "url": "http://localhost:3000/docs" } } }' },
  check({ text, entries }, report) {
    for (const entry of entries) {
      for (const value of addresses(entry)) {
        const match = /^(http|ws):\/\/(?:[^\s/@?#]{0,300}@)?(\[[^\]\s]{0,60}\]|[^\s/:?#]{1,300})/i.exec(value.node.text.slice(value.from));
        const [, scheme = '', host = ''] = match ?? [];
        if (!match || isNear(host)) continue;
        const start = value.from;
        const span = partSpan(text, value, start, start + match[0].length);
        report({
          span,
          message: `\`${entry.server.name}\` is reached at \`${host}\` without encryption: what is sent and what comes back can be read and changed on the way. Use \`${scheme.toLowerCase()}s://\`.`,
          fixes: [{ title: `Use \`${scheme.toLowerCase()}s://\``, safe: false, edits: [{ span: partSpan(text, value, start, start + scheme.length), newText: `${scheme.toLowerCase()}s` }] }],
        });
      }
    }
  },
};

/** The server's address; for a bridge to a remote server its argument. */
function addresses(entry: ServerEntry): ConfigValue[] {
  const bridge = entry.server.package?.name === 'mcp-remote' || entry.server.package?.name === 'supergateway';
  return configValues(entry).filter((value) => value.place === 'url' || (bridge && value.place === 'argument' && value.from === 0));
}

function isNear(host: string): boolean {
  if (/[${}<>*]/.test(host)) return true;
  return !host.includes('.') ? host !== '' && !/^\[(?!::1\])/.test(host) : /^127(?:\.\d{1,3}){3}$|^0\.0\.0\.0$|(?:^|\.)localhost$|^(?:host|gateway)\.docker\.internal$|^host\.containers\.internal$/i.test(host);
}
