// Policies of AgentCore gateways: what a file decides, beside Cedar's own decision for every caller that there could be; and what is said of faults.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readForeign } from '../../../../server/src/core/formats';
import { parseRequest } from '../../../../server/src/core/model';
import { engineOfSource } from '../../../../server/src/core/policy';
import { cedarModule, cedarOf } from '../../../harness/cedar';
import { NOW, workspaceOf } from '../../../harness/workspace';

const GATEWAY = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/refunds';
const RUNS = Number(process.env['RUNS'] ?? 300);

function decide(text: string, tool: string, args: object): string {
  const file = readForeign('policies/a.cedar', text, undefined, cedarOf()) ?? assert.fail('no policies');
  const workspace = workspaceOf(new Map());
  const engine = engineOfSource(workspace, 'policies/a.cedar', file) ?? assert.fail('no permissions');
  const parsed = parseRequest({ agent: 'a', action: 'call', resource: `tool:${tool}`, args } as never, { assume: true });
  assert.ok('request' in parsed);
  return engine.decide(parsed.request, { at: NOW }).effect;
}

const head = (tools: string, principal = 'principal is AgentCore::OAuthUser', resource = `resource == AgentCore::Gateway::"${GATEWAY}"`): string => `(${principal}, ${tools}, ${resource})`;
const ISSUE = 'action == AgentCore::Action::"Refunds___issue"';

/** what it shows, policies, tool, arguments, effect */
const CASES: readonly (readonly [name: string, policies: string, tool: string, args: object, effect: string])[] = [
  ['a permit allows its tool', `permit${head(ISSUE)};`, 'Refunds/issue', {}, 'allow'],
  ['and no other', `permit${head(ISSUE)};`, 'Refunds/list', {}, 'deny'],
  ['one of several tools', `permit${head('action in [AgentCore::Action::"Refunds___list", AgentCore::Action::"Refunds___issue"]')};`, 'Refunds/issue', {}, 'allow'],
  ['every tool, by the action above them all', `permit${head('action in AgentCore::Action::"CallTool"')};`, 'Refunds/issue', {}, 'allow'],
  ['every tool, by an open action', `permit(principal, action, resource is AgentCore::Gateway);`, 'Any/thing', {}, 'allow'],
  ['a number below its bound', `permit${head(ISSUE)} when { context.input.amount < 500 };`, 'Refunds/issue', { amount: 499 }, 'allow'],
  ['and at it', `permit${head(ISSUE)} when { context.input.amount < 500 };`, 'Refunds/issue', { amount: 500 }, 'deny'],
  ['a missing parameter is a fault, and the policy is skipped', `permit${head(ISSUE)} when { context.input.amount < 500 };`, 'Refunds/issue', {}, 'deny'],
  ['a text where a number is compared too', `permit${head(ISSUE)} when { context.input.amount < 500 };`, 'Refunds/issue', { amount: '1' }, 'deny'],
  ['a forbid that fails forbids nothing', `permit${head(ISSUE)};\nforbid${head(ISSUE)} when { context.input.amount > 500 };`, 'Refunds/issue', {}, 'allow'],
  ['a forbid beats a permit', `permit${head(ISSUE)};\nforbid${head(ISSUE)} when { context.input.amount > 500 };`, 'Refunds/issue', { amount: 501 }, 'deny'],
  ['unless', `forbid${head(ISSUE)} unless { context.input.region == "eu" };\npermit${head(ISSUE)};`, 'Refunds/issue', { region: 'eu' }, 'allow'],
  ['unless, and it does not hold', `forbid${head(ISSUE)} unless { context.input.region == "eu" };\npermit${head(ISSUE)};`, 'Refunds/issue', { region: 'us' }, 'deny'],
  ['one of a set', `permit${head(ISSUE)} when { ["eu", "ch"].contains(context.input.region) };`, 'Refunds/issue', { region: 'ch' }, 'allow'],
  ['a set among the parameters', `permit${head(ISSUE)} when { context.input.tags.containsAll(["a", "b"]) };`, 'Refunds/issue', { tags: ['b', 'c', 'a'] }, 'allow'],
  ['like', `permit${head(ISSUE)} when { context.input.mail like "*@acme.example" };`, 'Refunds/issue', { mail: 'jo@acme.example' }, 'allow'],
  ['like, from the beginning on', `permit${head(ISSUE)} when { context.input.mail like "*@acme.example" };`, 'Refunds/issue', { mail: 'jo@acme.example.com' }, 'deny'],
  ['decimals', `permit${head(ISSUE)} when { context.input.amount.lessThan(decimal("99.95")) };`, 'Refunds/issue', { amount: 99.9 }, 'allow'],
  ['decimals that are whole', `permit${head(ISSUE)} when { context.input.amount.lessThan(decimal("99.95")) };`, 'Refunds/issue', { amount: 100 }, 'deny'],
  ['an address, which Cedar is asked', `permit${head(ISSUE)} when { ip(context.input.from).isInRange(ip("10.0.0.0/8")) };`, 'Refunds/issue', { from: '10.9.9.9' }, 'allow'],
  ['another address', `permit${head(ISSUE)} when { ip(context.input.from).isInRange(ip("10.0.0.0/8")) };`, 'Refunds/issue', { from: '11.9.9.9' }, 'deny'],
  ['a claim of the token is not known', `permit${head(ISSUE)} when { principal.hasTag("role") && principal.getTag("role") == "admin" };`, 'Refunds/issue', {}, 'unknown'],
  ['where the rest decides it need not be', `permit${head(ISSUE)} when { principal.getTag("role") == "admin" && context.input.amount < 5 };`, 'Refunds/issue', { amount: 9 }, 'deny'],
  ['nor where nothing is permitted by it', `permit${head(ISSUE)};\npermit${head(ISSUE)} when { principal.getTag("role") == "admin" };`, 'Refunds/issue', {}, 'allow'],
  ['who calls with credentials of the cloud has no claims', `permit${head(ISSUE, 'principal is AgentCore::IamEntity')} when { principal.hasTag("role") };`, 'Refunds/issue', {}, 'deny'],
  ['a named caller may be another', `permit${head(ISSUE, 'principal == AgentCore::OAuthUser::"jo"')};`, 'Refunds/issue', {}, 'unknown'],
  ['two kinds of callers in one file', `permit${head(ISSUE)};\nforbid${head(ISSUE, 'principal is AgentCore::IamEntity')};`, 'Refunds/issue', {}, 'unknown'],
  ['the tool in a condition', `permit${head('action')} when { action == AgentCore::Action::"Refunds___issue" };`, 'Refunds/issue', {}, 'allow'],
  ['two gateways for one tool', `permit${head(ISSUE)};\nforbid${head(ISSUE, 'principal', 'resource == AgentCore::Gateway::"arn:other"')};`, 'Refunds/issue', {}, 'unknown'],
  ['a parameter with a name in quotes', `permit${head(ISSUE)} when { context.input["unit price"] == 5 };`, 'Refunds/issue', { 'unit price': 5 }, 'allow'],
  ['what the file does not tell of', `permit${head(ISSUE)} when { context.session.count < 5 };`, 'Refunds/issue', {}, 'unknown'],
];

describe('AgentCore policies decide', () => {
  for (const [name, policies, tool, args, effect] of CASES) it(`${name}: ${effect}`, () => assert.equal(decide(policies, tool, args), effect));

  it('before Cedar is there, what hangs on a condition is unknown, and the rest is told', () => {
    const read = (text: string) => readForeign('a.cedar', text) ?? assert.fail();
    const conditional = read(`permit${head(ISSUE)} when { true };\npermit${head('action == AgentCore::Action::"Refunds___list"')};`);
    assert.equal(conditional.awaits, 'cedar');
    assert.deepEqual(conditional.permissions?.[0]?.rules.map(({ effect, where }) => [effect, where?.test({}, 'tool:Refunds/issue') ?? null]), [['allow', 'unknown'], ['allow', null]]);
  });
});

describe('AgentCore policies beside Cedar', () => {
  const condition = fc.constantFrom('when { context.input.n < 5 }', 'when { context.input.s == "x" }', 'unless { context.input has s }', 'when { principal.hasTag("role") }', 'when { principal.getTag("role") == "admin" && context.input.n > 2 }', 'unless { principal.getTag("role") == "admin" || context.input.n == 1 }', 'when { principal.id == "1" }', 'when { context.input.s like "*x*" }', '');
  const policy = fc.tuple(fc.constantFrom('permit', 'forbid'), fc.constantFrom(ISSUE, 'action', 'action == AgentCore::Action::"Refunds___list"'), fc.constantFrom('principal', 'principal is AgentCore::OAuthUser', 'principal == AgentCore::OAuthUser::"1"'), condition).map(([effect, action, principal, when]) => `${effect}${head(action, principal)} ${when};`);
  const args = fc.record({ n: fc.constantFrom<unknown>(1, 3, 9, 'x'), s: fc.constantFrom<unknown>('x', 'axb', '') }, { requiredKeys: [] });
  const callers = ['1', '2'].flatMap((id) => [undefined, 'admin', 'clerk'].map((role) => ({ uid: { type: 'AgentCore::OAuthUser', id }, attrs: { id }, parents: [], tags: role === undefined ? {} : { role } })));

  it('what is allowed or denied is so for every caller', () => {
    fc.assert(fc.property(fc.array(policy, { minLength: 1, maxLength: 4 }), args, (policies, given) => {
      const text = policies.join('\n');
      // an open head names no kind of caller
      const typed = `${text}\nforbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Refunds___none", resource == AgentCore::Gateway::"${GATEWAY}");`;
      const here = decide(typed, 'Refunds/issue', given);
      const there = new Set(callers.map((caller) => {
        const answer = cedarModule().isAuthorized({ principal: caller.uid, action: { type: 'AgentCore::Action', id: 'Refunds___issue' }, resource: { type: 'AgentCore::Gateway', id: GATEWAY }, context: { input: given as never }, policies: { staticPolicies: typed }, entities: [caller] as never });
        return answer.type === 'success' ? answer.response.decision : assert.fail(JSON.stringify(answer));
      }));
      if (here === 'unknown') return;
      assert.deepEqual([...there], [here], text);
    }), { numRuns: RUNS });
  });
});

describe('AgentCore policies with faults', () => {
  const found = (text: string) => (readForeign('a.cedar', text, undefined, cedarOf())?.problems ?? []).map(({ code, span }) => [code, text.slice(span.start, span.end)]);

  it('each is told at its characters, and spoils its statement alone', () => {
    const text = `// Désk 🙂\npermit${head(ISSUE)} when { context.input.é == 1 };\nforbid${head(ISSUE)} when { 🙂 };\npermit${head(ISSUE)} when { foo(1) };\npermit${head(ISSUE)};\n`;
    assert.deepEqual(found(text), [['format/agentcore/syntax', 'é'], ['format/agentcore/syntax', '🙂'], ['format/agentcore/syntax', 'foo(1)']]);
    assert.equal(readForeign('a.cedar', text, undefined, cedarOf())?.permissions?.[0]?.rules.length, 1);
  });

  it('what is too deep is not read, and Cedar goes on', () => {
    for (const deep of [`${'('.repeat(5_000)}true${')'.repeat(5_000)}`, `${'if true then '.repeat(3_000)}true${' else true'.repeat(3_000)}`, `context${'.a'.repeat(20_000)} == 1`, `${'!'.repeat(9_000)}true`, `"${'x'.repeat(400_000)}" == "x"`, `[${'1,'.repeat(20_000)}].isEmpty()`]) {
      const text = `permit${head(ISSUE)} when { ${deep} };\npermit${head(ISSUE)};`;
      const file = readForeign('a.cedar', text, undefined, cedarOf()) ?? assert.fail();
      assert.ok((file.permissions?.[0]?.rules.length ?? 0) >= 1, deep.slice(0, 20));
    }
    assert.equal(decide(`permit${head(ISSUE)};`, 'Refunds/issue', {}), 'allow');
  });

  it('any text at all', () => {
    const piece = fc.constantFrom('permit', 'forbid', '(', ')', 'principal', ',', 'action', 'resource', ';', '"', '\\', '//', '\n', ' ', '{', '}', 'when', 'AgentCore::', '==', 'é', '🙂', '@id("a")', '?principal', '[', '0', 'context.input.a');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((pieces) => `AgentCore::${pieces.join('')}`), (text) => {
      for (const { span } of readForeign('a.cedar', text, undefined, cedarOf())?.problems ?? []) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
    }), { numRuns: RUNS });
  });
});
