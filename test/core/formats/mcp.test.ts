// MCP configuration: servers with spans, packages behind runners, secrets and what only looks like one.
import assert from 'node:assert/strict';
import { readForeign, type ForeignServer } from '../../../server/src/core/formats';

const read = (text: string, path = '.mcp.json') => {
  const file = readForeign(path, text);
  assert.equal(file?.format, 'mcp');
  return file;
};
const one = (config: object): ForeignServer => {
  const server = read(JSON.stringify({ mcpServers: { s: config } })).servers[0];
  assert.ok(server);
  return server;
};
const codes = (config: object, path = '.mcp.json', root = 'mcpServers'): string[] => read(JSON.stringify({ [root]: { s: config } }), path).problems.map((problem) => problem.code.replace('format/mcp/', ''));

describe('MCP servers', () => {
  it('are read from both shapes, with comments and trailing commas', () => {
    const text = '{\n  // ours\n  "servers": {\n    "a": { "type": "stdio", "command": "x", "args": ["1", "2"], },\n    "b": { "url": "https://mcp.example.com/", },\n  },\n}';
    const file = read(text, '.vscode/mcp.json');
    assert.deepEqual(file.problems, []);
    assert.deepEqual(file.servers.map((s) => [s.name, s.transport, s.command?.value, s.args.map((a) => a.value), s.url?.value]), [['a', 'stdio', 'x', ['1', '2'], undefined], ['b', 'http', undefined, [], 'https://mcp.example.com/']]);
    const [a] = file.servers;
    assert.equal(text.slice(a?.span.start, a?.span.end), '"a"');
    assert.equal(text.slice(a?.entry.start, a?.entry.end), '"a": { "type": "stdio", "command": "x", "args": ["1", "2"], }');
  });

  it('are read from a bare map in a plugin', () => {
    assert.deepEqual(read('{ "x": { "command": "a" }, "y": { "type": "sse", "url": "https://y.example.com/sse" } }').servers.map((s) => [s.name, s.transport]), [['x', 'stdio'], ['y', 'sse']]);
  });

  it('are kept around a fault of syntax', () => {
    const file = read('{ "mcpServers": { "a": { "command": "x" }, "b": { "command": ');
    assert.deepEqual(file.servers.map((s) => s.name), ['a', 'b']);
    assert.ok(file.problems.every((problem) => problem.code === 'syntax/json') && file.problems.length > 0);
  });

  it('do not silently hide each other', () => {
    assert.deepEqual(read('{ "mcpServers": { "a": { "command": "x" }, "a": { "command": "y" } } }').problems.map((p) => p.code), ['syntax/duplicate-key']);
  });
});

describe('the package behind a command', () => {
  const cases: [command: string, args: string[], expected: string | null][] = [
    ['npx', ['-y', 'firebase-tools@latest', 'mcp'], 'npm firebase-tools latest false'],
    ['npx', ['-y', '@scope/server'], 'npm @scope/server - false'],
    ['npx', ['-y', '@scope/server@1.2.3'], 'npm @scope/server 1.2.3 true'],
    ['npx', ['@scope/server@^1.2.3'], 'npm @scope/server ^1.2.3 false'],
    ['npx', ['-y', '--package', '@l/server@1.0.0', '--', 'mcp', 'start'], 'npm @l/server 1.0.0 true'],
    ['npx', ['--package=@l/server', 'mcp'], 'npm @l/server - false'],
    ['npx', ['-y', '@scope/server@${VERSION}'], 'npm @scope/server@${VERSION} - null'],
    ['npx', ['-y', './local'], null],
    ['npx', ['-y', 'github:o/r#0123abc'], 'npm github:o/r 0123abc true'],
    ['npx', ['-y', 'github:o/r'], 'npm github:o/r - false'],
    ['npx.cmd', ['-y', 'a@1.0.0'], 'npm a 1.0.0 true'],
    ['C:\\node\\npx.cmd', ['a'], 'npm a - false'],
    ['cmd', ['/c', 'npx', '-y', 'a'], 'npm a - false'],
    ['npx -y a@2.0.0', [], 'npm a 2.0.0 true'],
    ['npm', ['exec', '--', 'a'], 'npm a - false'],
    ['npm', ['run', 'start'], null],
    ['pnpm', ['dlx', 'a@1.0.0'], 'npm a 1.0.0 true'],
    ['bunx', ['a'], 'npm a - false'],
    ['bun', ['run', '--cwd', '.', 'start'], null],
    ['uvx', ['arxiv-mcp-server'], 'pypi arxiv-mcp-server - false'],
    ['uvx', ['a==1.2.3'], 'pypi a 1.2.3 true'],
    ['uvx', ['a@0.3.0'], 'pypi a 0.3.0 true'],
    ['uvx', ['a@latest'], 'pypi a latest false'],
    ['uvx', ['a>=1.0'], 'pypi a >=1.0 false'],
    ['uvx', ['--python', '3.12', 'a[cli]==1.0'], 'pypi a[cli] 1.0 true'],
    ['uvx', ['--from', 'git+https://example.com/o/serena', 'serena'], 'pypi git+https://example.com/o/serena - false'],
    ['uvx', ['--from', 'git+https://example.com/o/serena@v1.2', 'serena'], 'pypi git+https://example.com/o/serena v1.2 true'],
    ['uv', ['tool', 'run', 'a'], 'pypi a - false'],
    ['uv', ['--directory', '/x', 'run', 'src/a.py'], null],
    ['pipx', ['run', '--spec', 'a==1.0.0', 'a-mcp'], 'pypi a 1.0.0 true'],
    ['dnx', ['Hex1b.McpServer@0.47.0', '--yes'], 'nuget Hex1b.McpServer 0.47.0 true'],
    ['dnx', ['A.B', '--version', '1.0.0', '--yes'], 'nuget A.B 1.0.0 true'],
    ['docker', ['run', '-i', '--rm', '-e', 'KEY', 'images.example.com/o/server:latest'], 'oci images.example.com/o/server latest false'],
    ['docker', ['run', '-i', '--rm', 'host:5000/o/server'], 'oci host:5000/o/server - false'],
    ['docker', ['run', '--pull=always', '-it', 'o/server@sha256:0123'], 'oci o/server sha256:0123 true'],
    ['docker', ['compose', 'up'], null],
    ['node', ['server.js'], null],
  ];
  for (const [command, args, expected] of cases) {
    it(`${command} ${args.join(' ')}`, () => {
      const found = one({ command, args }).package;
      assert.equal(found && `${found.registry} ${found.name} ${found.version ?? '-'} ${String(found.pinned)}`, expected);
    });
  }
});

describe('secrets in MCP configuration', () => {
  const random = '9f2c7b41d8e65a03c1f4b7e29d8a6053';
  const github = `ghp_${'R7kQ2mZx9LpT4vNc8WdY3sHb6JfG1aUe0iOq'}`;
  const found: [string, object][] = [
    ['a variable by its name', { command: 'x', env: { ACME_API_KEY: random } }],
    ['a variable in camel case', { command: 'x', env: { apiKey: random } }],
    ['a shape under any name', { command: 'x', env: { WHATEVER: github } }],
    ['a header', { type: 'http', url: 'https://mcp.example.com', headers: { Authorization: `Bearer ${random}` } }],
    ['an option and its value', { command: 'x', args: ['--api-key', random] }],
    ['an option with an equals sign', { command: 'x', args: [`--api-key=${random}`] }],
    ['a variable for a container', { command: 'docker', args: ['run', '-e', `API_TOKEN=${random}`, 'image@sha256:0'] }],
    ['a header for a bridge', { command: 'bridge', args: ['--header', `Authorization: Bearer ${random}`] }],
    ['a password in an address', { command: 'x', env: { DATABASE: 'postgres://app:h7Rq2mZx9L@db.internal.acme.com/x' } }],
    ['a key in an address', { type: 'http', url: `https://mcp.acme.com/mcp?api_key=${random}` }],
  ];
  for (const [name, config] of found) {
    it(`finds ${name} and never shows it`, () => {
      const file = read(JSON.stringify({ mcpServers: { s: config } }));
      assert.deepEqual(file.problems.map((p) => p.code), ['format/mcp/secret-in-clear']);
      const shown = JSON.stringify(file.problems);
      for (const value of [random, github, 'h7Rq2mZx9L']) assert.ok(!shown.includes(value));
      const { span } = file.problems[0] ?? assert.fail();
      assert.ok([random, github, 'h7Rq2mZx9L'].includes(JSON.stringify({ mcpServers: { s: config } }).slice(span.start, span.end)));
    });
  }
  const harmless: [string, object][] = [
    ['references', { command: 'x', env: { API_KEY: '${API_KEY}', TOKEN: '${TOKEN:-none}', B_TOKEN: '$TOKEN', C_TOKEN: '${{ secrets.TOKEN }}', D_TOKEN: 'COPILOT_MCP_TOKEN' } }],
    ['placeholders', { command: 'x', env: { API_KEY: '<your-api-key>', TOKEN: 'YOUR_TOKEN_HERE', SECRET: '...', PASSWORD: 'changeme', A_KEY: 'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' } }],
    ['a placeholder among arguments', { command: 'x', args: ['--api-key', 'api-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', '--fb-token', 'YOUR_META_ACCESS_TOKEN'] }],
    ['made-up passwords', { command: 'x', env: { DATABASE_URL: 'postgresql://user:pass@host/db', B: 'postgres://postgres:postgres1@db.acme.com/x', C: 'postgres://app:h7Rq2mZx9L@localhost/x' } }],
    ['what is about secrets', { command: 'x', env: { TOKEN_LIMIT: '128000', AUTH_TYPE: 'oauth2-client-credentials-1', API_KEY_FILE: '/run/secrets/a1b2c3d4e5f6a7b8', SECRET_NAME: 'prod/orders/db-credentials-v2' } }],
    ['flags', { command: 'x', env: { NODE_ENV: 'production', DEBUG: 'false' }, args: ['--token', '--verbose'] }],
    ['hashes without a secret name', { command: 'x', env: { COMMIT: random } }],
  ];
  for (const [name, config] of harmless) it(`leaves ${name} alone`, () => assert.deepEqual(codes(config), []));
});

describe('other findings of MCP configuration', () => {
  it('url without type: only in the file of Claude Code', () => {
    const config = { url: 'https://mcp.example.com' };
    assert.deepEqual(codes(config), ['url-without-type']);
    assert.deepEqual(codes(config, '.cursor/mcp.json'), []);
    assert.deepEqual(codes(config, '.vscode/mcp.json', 'servers'), []);
  });
  it('plain HTTP: not on this machine, not made of variables', () => {
    for (const url of ['http://localhost:1/x', 'http://127.0.0.1', 'http://[::1]:80/', 'http://app.localhost', 'http://host.docker.internal:3', 'http://server:8080', 'http://${HOST}/x', 'https://mcp.example.com', 'unix:///tmp/x']) assert.deepEqual(codes({ type: 'http', url }), [], url);
    for (const url of ['http://mcp.example.com', 'HTTP://10.0.0.7:80/x', 'ws://a.example.com', 'http://u@mcp.example.com/']) assert.deepEqual(codes({ type: 'http', url }), ['plain-http'], url);
    assert.deepEqual(codes({ command: 'npx', args: ['mcp-remote@1.0.0', 'http://mcp.example.com'] }), ['plain-http']);
  });
  it('inputs: the nearest is offered', () => {
    const text = '{ "inputs": [{ "id": "api-key" }], "servers": { "a": { "command": "x", "env": { "K": "${input:api-kay}" } } } }';
    const [problem] = read(text, '.vscode/mcp.json').problems;
    assert.equal(problem?.code, 'format/mcp/undeclared-input');
    assert.equal(text.slice(problem?.span.start, problem?.span.end), 'api-kay');
    assert.equal(problem?.fixes?.[0]?.title, 'Change to `api-key`');
  });
});
