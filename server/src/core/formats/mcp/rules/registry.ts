// The findings of `server.json`.
import { pairOf, resolve, scalarMap, textOf, valueOf, type Node, type Pair } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { RegistrySubject } from '../registry';
import { findSecret } from '../secrets';

const EXAMPLE = (packages: string): string => `{ "name": "com.example/tickets", "description": "Tickets.", "version": "1.0.0", "packages": [${packages}] }`;

/** Keys as they were called before, with an underscore where a large letter stands now. */
const OLD = /^(?:registry_type|registry_base_url|registry_name|file_sha256|runtime_hint|runtime_arguments|package_arguments|environment_variables|is_required|is_secret|is_repeated|value_hint|website_url|version_detail|transport_type)$/;

const oldShape: FormatRule<RegistrySubject> = {
  code: 'format/mcp/old-shape',
  severity: 'warning',
  title: 'The registry no longer takes this key',
  documentation: `The registry's \`server.json\` writes its keys with large letters (\`registryType\`, \`environmentVariables\`) since September 2025, and has no \`status\`. A file in the old shape is
rejected when it is published, and clients that read it find neither packages nor what is secret in them.

**Evidence:** the schemas of the MCP registry of 2025-09-16 and 2025-09-29.

**Mend it:** rename the key; remove \`status\`.`,
  bad: { path: 'server.json', text: EXAMPLE('{ "registry_type": "npm", "identifier": "@example/tickets", "version": "1.0.0" }') },
  good: { path: 'server.json', text: EXAMPLE('{ "registryType": "npm", "identifier": "@example/tickets", "version": "1.0.0", "transport": { "type": "stdio" } }') },
  check({ root }, report) {
    const status = pairOf(root, 'status');
    if (status) report({ span: spanOf(status.key), message: 'The registry has no `status` in `server.json` any more. Remove it.' });
    for (const { key } of walkPairs(root)) {
      if (!OLD.test(key.text)) continue;
      const now = key.text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      report({ span: spanOf(key), message: `The registry rejects \`${key.text}\`; it is called \`${now}\` now.`, fixes: [{ title: `Write \`${now}\``, safe: false, edits: [{ span: spanOf(key), newText: JSON.stringify(now) }] }] });
    }
  },
};

const noHash: FormatRule<RegistrySubject> = {
  code: 'format/mcp/no-hash',
  severity: 'warning',
  title: 'A package file without its hash',
  documentation: `A package of type \`mcpb\` is a file that clients fetch from an address and run. \`fileSha256\` is what tells them that it is the file that was meant; the registry asks for it.

**Evidence:** the MCP registry's \`server.json\` reference.

**Mend it:** add \`fileSha256\` with the hash of the file.`,
  bad: { path: 'server.json', text: EXAMPLE('{ "registryType": "mcpb", "identifier": "https://example.com/tickets.mcpb", "transport": { "type": "stdio" } }') },
  good: { path: 'server.json', text: EXAMPLE('{ "registryType": "mcpb", "identifier": "https://example.com/tickets.mcpb", "fileSha256": "fe333e598595000ae021bd27117db32ec69af6987f507ba7a63c90638ff633ce", "transport": { "type": "stdio" } }') },
  check({ root }, report) {
    const packages = valueOf(root, 'packages');
    for (const item of packages?.kind === 'seq' ? packages.items : []) {
      const type = pairOf(item, 'registryType');
      if (type && textOf(type.value) === 'mcpb' && !valueOf(item, 'fileSha256')) report({ span: spanOf(type.value), message: 'Clients fetch this file and run it, and nothing says which file is meant. Add `fileSha256` with its hash.' });
    }
  },
};

const secretDefault: FormatRule<RegistrySubject> = {
  code: 'format/mcp/secret-default',
  severity: 'warning',
  title: 'A secret is published with the server',
  documentation: `A value or default in \`server.json\` is published for everybody. Where it is a key or a token, everybody has it. The value is never shown; placeholders are not reported.

**Evidence:** \`environmentVariables\` and \`headers\` have \`isSecret\` so that clients ask for the value instead.

**Mend it:** revoke the secret, remove the value, and write \`"isSecret": true\`.`,
  bad: { path: 'server.json', text: EXAMPLE('{ "registryType": "npm", "identifier": "@example/tickets", "version": "1.0.0", "environmentVariables": [{ "name": "TICKETS_API_KEY", "default": "9f2c7b41d8e65a03c1f4b7e29d8a6053" }] }') },
  good: { path: 'server.json', text: EXAMPLE('{ "registryType": "npm", "identifier": "@example/tickets", "version": "1.0.0", "environmentVariables": [{ "name": "TICKETS_API_KEY", "isSecret": true }] }') },
  sensitive: true,
  check({ root, text }, report) {
    const each = (list: Node | null): void => {
      for (const item of list?.kind === 'seq' ? list.items : []) {
        for (const key of ['value', 'default']) {
          const value = resolve(valueOf(item, key));
          const found = value?.kind === 'scalar' && value.text.length < 20_000 ? findSecret(textOf(valueOf(item, 'name')), value.text) : null;
          if (found && value?.kind === 'scalar') report({ span: scalarMap(text, value).span(found.start, found.end), message: `\`${textOf(valueOf(item, 'name')) ?? 'This'}\` is published with ${found.what} as its ${key}. Revoke it, remove it, and write \`"isSecret": true\`.` });
        }
      }
    };
    const packages = valueOf(root, 'packages');
    for (const item of packages?.kind === 'seq' ? packages.items : []) each(valueOf(item, 'environmentVariables'));
    const remotes = valueOf(root, 'remotes');
    for (const item of remotes?.kind === 'seq' ? remotes.items : []) each(valueOf(item, 'headers'));
  },
};

/** Every key of the file, however deep; the reader bounds the depth. */
function walkPairs(node: Node): readonly Pair[] {
  const value = resolve(node);
  if (value?.kind === 'seq') return value.items.flatMap((item) => walkPairs(item));
  return value?.kind === 'map' ? value.pairs.flatMap((pair) => [pair, ...walkPairs(pair.value)]) : [];
}

export const registryRules: readonly FormatRule<RegistrySubject>[] = [oldShape, noHash, secretDefault];
