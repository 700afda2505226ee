// agentgateway: expressions over a call that is known in part, the order of the rules, whom they are for, and policies in Kubernetes.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readForeign } from '../../../../server/src/core/formats';
import { evaluate, gatewayLookup } from '../../../../server/src/core/formats/agentgateway/expression';
import { parseRequest } from '../../../../server/src/core/model';
import { engineOfSource } from '../../../../server/src/core/policy';
import { NOW, workspaceOf } from '../../../harness/workspace';

/** over `pay/refund` with these arguments */
const ARGS = { amount: 40, region: 'eu', tags: ['a', 'b'], nested: { 'unit price': 5 }, 'x-y': 1, none: null };

const EXPRESSIONS: readonly (readonly [expression: string, value: boolean | 'error' | null])[] = [
  ['mcp.tool.name == "refund"', true], ["mcp.tool.target != 'pay'", false], ['mcp.tool.name in ["a", "refund"]', true], ['mcp.tool.name.startsWith("re")', true], ['mcp.tool.name.endsWith("re")', false], ['mcp.tool.name.contains("fun")', true],
  ['mcp.tool.name.matches("^re.*d$")', true], [String.raw`mcp.tool.name.matches(r"^\w+$")`, true], ['mcp.tool.name.matches("(")', 'error'], ['mcp.tool.name.lowerAscii() == "refund"', true],
  ['mcp.tool.arguments.amount < 50', true], ['mcp.tool.arguments.amount >= 50', false], ['mcp.tool.arguments.amount == 40', true], ['mcp.tool.arguments.amount < "50"', 'error'], ['mcp.tool.arguments.region < "zz"', true],
  ['mcp.tool.arguments.missing == 1', 'error'], ['mcp.tool.arguments.missing == 1 || mcp.tool.name == "refund"', true], ['mcp.tool.arguments.missing == 1 && mcp.tool.name == "x"', false], ['mcp.tool.arguments.missing == 1 && mcp.tool.name == "refund"', 'error'], ['!(mcp.tool.arguments.missing == 1)', 'error'],
  ['has(mcp.tool.arguments.amount)', true], ['has(mcp.tool.arguments.missing)', false], ['has(mcp.tool.arguments.missing) && mcp.tool.arguments.missing > 5', false], ['mcp.tool.arguments["x-y"] == 1', true], ['mcp.tool.arguments.nested["unit price"] == 5', true],
  ['"a" in mcp.tool.arguments.tags', true], ['"c" in mcp.tool.arguments.tags', false], ['"amount" in mcp.tool.arguments', true], ['size(mcp.tool.arguments.tags) == 2', true], ['mcp.tool.arguments.tags.size() > 2', false], ['mcp.tool.arguments.none == null', true],
  ['mcp.prompt.name == "x"', 'error'], ['has(mcp.resource.name)', false], ['mcp.methodName == "tools/call"', true], ['mcp.sessionId == "x"', null],
  ['jwt.sub == "jo"', null], ['has(jwt.sub)', null], ['jwt.sub == "jo" && mcp.tool.name == "x"', false], ['jwt.sub == "jo" || mcp.tool.name == "refund"', true], ['"admin" in jwt["cognito:groups"]', null], ['request.headers["x-agent"] == "a" && mcp.tool.name == "x"', false],
  ['jwt.groups.exists(g, g == "a")', null], ['mcp.tool.arguments.tags.exists(t, t == "a") && mcp.tool.name == "x"', false], ['mcp.tool.arguments.amount + 1 == 41', null], ['mcp.tool.arguments.missing + 1 == 41', 'error'],
  ['mcp.tool.name == "refund" ? mcp.tool.arguments.amount < 50 : false', true], ['jwt.sub == "a" ? true : false', null], ['true', true], ['"x"', 'error'], ['-1 < mcp.tool.arguments.amount', true],
  ['mcp.tool.name ==', null], ['(mcp.tool.name == "refund"', null], ['mcp.tool.name == "refund" )', null], ['', null], ['{"a": 1}["a"] == 1', null], ['mcp.tool.name == "a\\"b"', false],
];

describe('expressions of a gateway', () => {
  const lookup = gatewayLookup(ARGS, 'tool:pay/refund');
  for (const [expression, value] of EXPRESSIONS) it(`${expression}: ${value ?? 'unknown'}`, () => assert.equal(evaluate(expression, lookup), value));

  it('are never thrown at', () => {
    const piece = fc.constantFrom('mcp', '.', 'tool', 'name', '==', '"x"', '(', ')', '[', ']', '&&', '||', '!', 'has', 'in', '?', ':', '{', '}', 'jwt', '1', '+', '-', 'size', 'exists', ',', ' ', 'matches', 'null', "'", '\\');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void evaluate(pieces.join(''), lookup)), { numRuns: 2_000 });
    for (const deep of ['('.repeat(3_000), '!'.repeat(3_000), '['.repeat(3_000), 'mcp.'.repeat(900), '-'.repeat(3_000)]) evaluate(deep, lookup);
  });
});

const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };

function decide(text: string, tool: string, args: object = {}): string {
  const file = readForeign('gateway.yaml', text) ?? assert.fail('no gateway');
  const engine = engineOfSource(workspaceOf(new Map()), 'gateway.yaml', file) ?? assert.fail('no rules');
  const parsed = parseRequest({ agent: 'a', action: 'call', resource: `tool:${tool}`, args } as never, { assume: true });
  assert.ok('request' in parsed);
  const { effect } = engine.decide(parsed.request, { at: NOW });
  return SIGNS[effect] ?? effect;
}

const gateway = (...rules: readonly string[]): string => `mcp:\n  policies:\n    mcpAuthorization:\n      rules:${rules.length === 0 ? ' []' : ''}\n${rules.map((one) => `        - ${one}\n`).join('')}  targets: [ { name: pay, mcp: { host: "https://pay.example.com" } } ]\n`;
const NAME = (name: string): string => `'mcp.tool.name == "${name}"'`;

/** what it shows, rules, tool, arguments, sign */
const CASES: readonly (readonly [name: string, rules: readonly string[], tool: string, args: object, sign: string])[] = [
  ['no rules', [], 'find', {}, '+'],
  ['a lone text allows', [NAME('find')], 'find', {}, '+'],
  ['and then the rest is denied', [NAME('find')], 'refund', {}, '-'],
  ['only a denial', [`deny: ${NAME('refund')}`], 'refund', {}, '-'],
  ['and the rest is allowed', [`deny: ${NAME('refund')}`], 'find', {}, '+'],
  ['a denial before an allowance', [`allow: ${NAME('refund')}`, `deny: 'mcp.tool.target == "pay"'`], 'refund', {}, '-'],
  ['what is required and holds', [`require: 'mcp.tool.target == "pay"'`], 'find', {}, '+'],
  ['what is required and does not', [`require: 'mcp.tool.target == "other"'`, `allow: ${NAME('find')}`], 'find', {}, '-'],
  ['every requirement', [`require: 'mcp.tool.target == "pay"'`, `require: ${NAME('find')}`], 'refund', {}, '-'],
  ['an error in a denial does not deny', [`deny: 'mcp.tool.arguments.amount > 5'`], 'find', {}, '+'],
  ['where there is no error it does', [`deny: 'mcp.tool.arguments.amount > 5'`], 'find', { amount: 6 }, '-'],
  ['an error in a requirement does not meet it', [`require: 'mcp.tool.arguments.amount > 5'`], 'find', {}, '-'],
  ['an error in an allowance does not allow', [`allow: 'mcp.tool.arguments.amount > 5'`], 'find', {}, '-'],
  ['a token is not known', [`deny: 'jwt.team == "guests"'`], 'find', {}, 'u'],
  ['where another rule denies it need not be', [`deny: 'jwt.team == "guests"'`, `deny: ${NAME('find')}`], 'find', {}, '-'],
];

describe('a gateway decides', () => {
  for (const [name, rules, tool, args, sign] of CASES) it(`${name}: ${sign}`, () => assert.equal(decide(gateway(...rules), `pay/${tool}`, args), sign));

  it('without a word on authorization everything is allowed, and it governs nobody here', () => {
    const text = 'mcp:\n  targets: [ { name: pay, mcp: { host: "https://pay.example.com" } } ]\n';
    assert.equal(decide(text, 'pay/refund'), '+');
    assert.deepEqual(readForeign('gateway.yaml', text)?.permissions?.map(({ governs }) => governs), [{ kind: 'agents', names: [] }]);
  });

  it('each route by its own rules', () => {
    const route = (name: string, rule: string): string => `        - policies: { mcpAuthorization: { rules: [ ${rule} ] } }\n          backends: [ { mcp: { targets: [ { name: ${name}, mcp: { host: "https://${name}.example.com" } } ] } } ]\n`;
    const text = `binds:\n  - port: 3000\n    listeners:\n      - routes:\n${route('pay', NAME('find'))}${route('docs', `{ deny: ${NAME('drop')} }`)}`;
    assert.deepEqual(['pay/find', 'pay/drop', 'docs/find', 'docs/drop'].map((tool) => decide(text, tool)), ['+', '-', '+', '-']);
  });

  it('by the rules of the backend and of the route around it', () => {
    const text = `binds:\n  - listeners:\n      - routes:\n        - policies: { mcpAuthorization: { rules: [ { deny: ${NAME('drop')} } ] } }\n          backends:\n            - mcp: { targets: [ { name: pay, mcp: { host: "https://pay.example.com" } } ] }\n              policies: { mcpAuthorization: { rules: [ ${NAME('find')}, ${NAME('drop')} ] } }\n`;
    assert.deepEqual(['pay/find', 'pay/drop', 'pay/other'].map((tool) => decide(text, tool)), ['+', '-', '-']);
  });
});

describe('a gateway in Kubernetes', () => {
  const backend = 'apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayBackend\nmetadata: { name: tools }\nspec:\n  mcp:\n    targets: [ { name: pay, static: { host: pay.svc, port: 8080 } } ]\n';
  const policy = (action: string, expression: string, target = '{ group: agentgateway.dev, kind: AgentgatewayBackend, name: tools }'): string => `---\napiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayPolicy\nmetadata: { name: p }\nspec:\n  targetRefs: [ ${target} ]\n  backend:\n    mcp:\n      authorization:\n        action: ${action}\n        policy:\n          matchExpressions: [ ${expression} ]\n`;

  it('the policy is for the servers of the backend that it targets', () => {
    const text = backend + policy('Allow', NAME('find'));
    assert.deepEqual(['pay/find', 'pay/drop'].map((tool) => decide(text, tool)), ['+', '-']);
    assert.deepEqual(readForeign('k8s/g.yaml', text)?.permissions?.map(({ covers, governs }) => [covers, governs.kind]), [[['tool:pay/*'], 'any']]);
    assert.deepEqual(readForeign('k8s/g.yaml', text)?.servers.map(({ name }) => name), ['pay']);
  });

  it('denies and requires by its action, and several policies together', () => {
    assert.deepEqual(['pay/find', 'pay/drop'].map((tool) => decide(backend + policy('Deny', NAME('drop')), tool)), ['+', '-']);
    assert.deepEqual(['pay/find', 'pay/drop'].map((tool) => decide(backend + policy('Require', NAME('find')), tool)), ['+', '-']);
    assert.deepEqual(['pay/find', 'pay/drop', 'pay/x'].map((tool) => decide(backend + policy('Deny', NAME('drop')) + policy('Allow', `${NAME('find')}, ${NAME('drop')}`), tool)), ['+', '-', '-']);
  });

  it('a policy whose backend is elsewhere is for who asks about the file', () => {
    const text = policy('Allow', NAME('find')).slice(4);
    assert.deepEqual(['pay/find', 'pay/drop'].map((tool) => decide(text, tool)), ['+', '-']);
    assert.deepEqual(readForeign('k8s/p.yaml', text)?.permissions?.map(({ governs }) => governs), [{ kind: 'agents', names: [] }]);
  });

  it('other policies of the kind say nothing of tools', () => {
    assert.deepEqual(readForeign('k8s/t.yaml', 'apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayPolicy\nmetadata: { name: t }\nspec:\n  traffic: { timeouts: { request: 5s } }\n')?.permissions, []);
  });
});
