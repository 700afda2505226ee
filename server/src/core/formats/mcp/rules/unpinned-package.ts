// A package runner that fetches whatever version is newest at each start.
import type { ServerPackage } from '../../format';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

export const unpinnedPackage: FormatRule<McpSubject> = {
  code: 'format/mcp/unpinned-package',
  severity: 'information',
  title: 'The server is fetched anew, at whatever version is newest',
  documentation: `\`npx\`, \`uvx\` and their like fetch a package when the server starts and run it with the rights of whoever opened the folder.
Without an exact version (none, \`@latest\`, a range, a branch) the code that
runs is decided by whoever publishes the package next, and nobody reviews it.

**Evidence:** of 111 servers in public \`.mcp.json\` files 27 run an unpinned package. A version that a variable gives, a path and a container image
are not reported; \`npx\` without a version takes a copy from the
repository's own \`node_modules\` where there is one.

**Mend it:** write an exact version (\`npx -y @scope/server@1.4.2\`, \`uvx server==1.4.2\`), or a revision of a repository, and raise it by review.`,
  bad: { path: '.vscode/mcp.json', text: '{ "servers": { "browser": { "command": "npx", "args": ["-y", "@example/browser-mcp@latest"] } } }' },
  good: { path: '.vscode/mcp.json', text: '{ "servers": { "browser": { "command": "npx", "args": ["-y", "@example/browser-mcp@1.4.2"] } } }' },
  check({ entries }, report) {
    for (const { server } of entries) {
      const found = server.package;
      if (!found || found.pinned !== false || found.registry === 'oci') continue;
      const now = found.version === null ? 'without a version' : `at \`${found.version}\``;
      report({
        span: found.span,
        message: `\`${found.runner}\` fetches \`${found.name}\` ${now} each time \`${server.name}\` starts, so whoever publishes it next decides what runs here. ${mend(found)}`,
      });
    }
  },
};

function mend({ registry, name }: ServerPackage): string {
  if (/^(?:git|https?:|github:|gitlab:)/.test(name)) return 'Name a revision.';
  return `Write an exact version, as in \`${name}${registry === 'pypi' ? '==' : '@'}1.2.3\`.`;
}
