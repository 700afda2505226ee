// Policies of gateways held against the schema that lies beside them, as Cedar's validator does it.
import assert from 'node:assert/strict';
import { cedarOf } from '../../../harness/cedar';
import { lintAll, workspaceOf } from '../../../harness/workspace';

const PATH = 'policies/refunds.cedar';
const head = (action: string): string => `(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${action}", resource == AgentCore::Gateway::"arn:g")`;
const POLICIES = `// é: bytes are not characters\npermit${head('Refunds___issue')} when { context.input.amont < 5 };\nforbid${head('Refunds___drop')};\npermit${head('Refunds___issue')};\n`;
const SCHEMA = 'namespace AgentCore { entity OAuthUser; entity Gateway; action "Refunds___issue" appliesTo { principal: [OAuthUser], resource: [Gateway], context: { input: { amount: Long } } }; }';
const JSON_SCHEMA = JSON.stringify({ AgentCore: { entityTypes: { OAuthUser: {}, Gateway: {} }, actions: { Refunds___issue: { appliesTo: { principalTypes: ['OAuthUser'], resourceTypes: ['Gateway'], context: { type: 'Record', attributes: { input: { type: 'Record', attributes: { amont: { type: 'Long' } } } } } } } } } });

function refused(schemas: Readonly<Record<string, string>>): unknown {
  const workspace = workspaceOf(new Map([[PATH, POLICIES], ...Object.entries(schemas)]));
  workspace.applyChange({ cedar: cedarOf() });
  return lintAll(workspace).filter(({ code }) => code.startsWith('format/')).map(({ code, path, span }) => [code, path, POLICIES.slice(span.start, span.end)]);
}

const AMOUNT = ['format/agentcore/schema', PATH, 'context.input.amont'];
const DROP = ['format/agentcore/schema', PATH, 'AgentCore::Action::"Refunds___drop"'];

describe('the schema of a gateway', () => {
  it('beside the policies, by its name or by theirs', () => {
    assert.deepEqual(refused({ 'policies/schema.cedarschema': SCHEMA }), [AMOUNT, DROP]);
    assert.deepEqual(refused({ 'policies/refunds.cedarschema': SCHEMA, 'policies/schema.cedarschema': 'entity' }), [AMOUNT, DROP]);
  });
  it('in JSON', () => assert.deepEqual(refused({ 'policies/schema.cedarschema.json': JSON_SCHEMA }), [DROP]));
  it('none, one elsewhere, and one that cannot be read say nothing', () => {
    const all: readonly Readonly<Record<string, string>>[] = [{}, { 'schema.cedarschema': SCHEMA }, { 'policies/schema.cedarschema': 'entity' }, { 'policies/schema.cedarschema.json': '{ "AgentCore": [' }, { 'policies/schema.cedarschema': '('.repeat(100_000) }];
    for (const schemas of all) assert.deepEqual(refused(schemas), []);
  });
  it('a schema that changes changes what is found', () => {
    const workspace = workspaceOf(new Map([[PATH, POLICIES], ['policies/schema.cedarschema', SCHEMA]]));
    workspace.applyChange({ cedar: cedarOf() });
    const count = (): number => lintAll(workspace).filter(({ code }) => code === 'format/agentcore/schema').length;
    assert.equal(count(), 2);
    workspace.applyChange({ files: [['policies/schema.cedarschema', SCHEMA.replace('amount', 'amont')]] });
    assert.equal(count(), 1);
    workspace.applyChange({ files: [['policies/schema.cedarschema', null]] });
    assert.equal(count(), 0);
  });
});
