// Foundry: agents of `azure.yaml` with what their files and toolboxes say, the servers that they reach, and the approval of older files.
import assert from 'node:assert/strict';
import { readForeign } from '../../../../server/src/core/formats';
import { AGENTS } from '../../../../server/src/core/workspace';
import { lintAll, workspaceOf } from '../../../harness/workspace';

const AZURE = `name: shop
services:
  web: { host: appservice }
  desk: { host: azure.ai.agent, kind: hosted, $ref: ./agents/desk.yaml, uses: [box, other] }
  other: { host: azure.ai.agent, kind: prompt, name: other-agent, metadata: { authors: [jo@acme.example] } }
  box: { host: azure.ai.toolbox, tools: [ { type: mcp, server_label: docs, server_url: "http://docs.example.com/mcp" }, { type: web_search } ] }
  crm: { host: azure.ai.connection, category: RemoteTool, target: "https://crm.example.com/mcp" }
  search: { host: azure.ai.connection, category: CognitiveSearch, target: "http://search.example.com" }
`;
const DESK = 'name: desk-agent\ndescription: Answers.\nmodel: { id: openai/gpt-5-mini }\nmetadata: { authors: [kim@acme.example] }\n';

describe('Foundry', () => {
  it('servers are connections of tools, and the tools of toolboxes that have an address', () => {
    assert.deepEqual(readForeign('azure.yaml', AZURE)?.servers.map(({ name, url }) => [name, url?.value]), [['docs', 'http://docs.example.com/mcp'], ['crm', 'https://crm.example.com/mcp']]);
    assert.deepEqual(lintAll(workspaceOf(new Map([['azure.yaml', AZURE]]))).filter(({ code }) => code.startsWith('format/')).map(({ code, span }) => [code, AZURE.slice(span.start, span.end)]), [['format/mcp/plain-http', 'http://docs.example.com']]);
  });

  it('servers of an older file', () => {
    const text = 'kind: prompt\nname: docs\nmodel: { id: gpt-5 }\ntools: [ { kind: mcp, serverName: gh, connection: { kind: remote, endpoint: "http://gh.example.com/mcp" }, approvalMode: always } ]\n';
    const file = readForeign('docs-agent.yaml', text);
    assert.deepEqual(file?.servers.map(({ name }) => name), ['gh']);
    assert.deepEqual(file?.problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]), [['format/mcp/plain-http', 'http://gh.example.com']]);
  });

  it('an agent is what the file that it refers to says, shown where it refers to it', () => {
    const workspace = workspaceOf(new Map([['azure.yaml', AZURE], ['agents/desk.yaml', DESK]]));
    const agents = (): unknown[] => workspace.shared(AGENTS).all.filter(({ path }) => path === 'azure.yaml').map(({ name, span }) => [name, AZURE.slice(span.start, span.end)]);
    const other = ['other-agent', 'other-agent'];
    assert.deepEqual(agents(), [['desk-agent', 'desk'], other]);
    workspace.applyChange({ files: [['agents/desk.yaml', DESK.replace('desk-agent', 'front-desk')]] });
    assert.deepEqual(agents(), [['front-desk', 'desk'], other]);
    workspace.applyChange({ files: [['agents/desk.yaml', null]] });
    assert.deepEqual(agents(), [['desk', 'desk'], other], 'without the file, the name of the service');
  });
});
