// The engines whose decisions are counted: each made ready for the same rules, each in the way that serves it best.
import { createRequire } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { build } from 'esbuild';
import { root } from '../../.scripts/lib.mjs';
import { agents } from './rules.mjs';

const require = createRequire(import.meta.url);
const CLOCK = Date.parse('2026-11-22T10:00:00Z');

/** Ours, bundled from its sources: what is decided by is not a program of its own. */
export async function loadOurs(folder) {
  const outfile = path.join(folder, 'engine.cjs');
  await build({
    stdin: {
      contents: "export { Workspace } from './server/src/core/workspace'; export { engineOf } from './server/src/core/policy'; export { parseRequest } from './server/src/core/model';",
      resolveDir: root, loader: 'ts',
    },
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'warning', outfile,
  });
  return require(outfile);
}

/** What is installed beside us; null for what cannot be loaded. */
export function loadPeers() {
  // Node 20 ends at once when code into which it has inlined a call to WebAssembly is deoptimised during that call; the call costs Cedar nothing to speak of
  setFlagsFromString('--no-turbo-inline-js-wasm-calls');
  const from = createRequire(path.join(root, 'test/bench/peers/package.json'));
  const load = (name) => {
    try {
      return from(name);
    } catch {
      return null;
    }
  };
  return { cedar: load('@cedar-policy/cedar-wasm/nodejs'), casbin: load('casbin') };
}

const document = (kind, name, spec) => `apiVersion: countersign/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${JSON.stringify(spec)}\n`;

/** The rules as a workspace, and ways to decide a request of it: each gives `(index) => effect`. `cold` gives the milliseconds of the first decisions. */
export function countersign({ Workspace, engineOf, parseRequest }, rules, requests) {
  const workspace = new Workspace();
  const files = agents().map(({ name, roles }) => [`${name}.agent.yaml`, document('Agent', name, { lifecycle: 'production', roles, tools: ['server-*'] })]);
  files.push(['world.catalog.yaml', document('Catalog', 'world', { environments: { staging: { stage: 'staging' }, production: { stage: 'production' } } })]);
  files.push(['rules.policy.yaml', document('Policy', 'rules', {
    rules: rules.map(({ id, effect, role, tool, environment, above, upTo }) => ({
      id, effect, roles: [role], actions: ['call'], resources: [`tool:${tool}`], environments: [environment],
      when: above === undefined ? `args.amount <= ${upTo}` : `args.amount > ${above}`,
    })),
  })]);
  workspace.applyChange({ files, now: CLOCK });
  const parsed = requests.map(({ agent, tool, environment, amount }) => parseRequest({ agent: agent.name, action: 'call', resource: `tool:${tool}`, environment, args: { amount } }).request);
  const make = () => engineOf(workspace, () => true);
  const engine = make();
  const prepared = parsed.map((request) => engine.prepare(request, { at: CLOCK }));
  return {
    effect: (index) => engine.effect(prepared[index]),
    decide: (index) => engine.decide(parsed[index], { at: CLOCK, trace: false }).effect,
    traced: (index) => engine.decide(parsed[index], { at: CLOCK }).effect,
    /** an engine that has decided nothing yet: of each combination of agent, tool and environment the first decision */
    cold() {
      const fresh = make();
      const seen = new Set();
      const taken = [];
      for (const request of parsed) {
        const key = `${request.agent} ${request.resource.id} ${request.environment}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const began = performance.now();
        fresh.effect(fresh.prepare(request, { at: CLOCK }));
        taken.push(performance.now() - began);
      }
      return taken;
    },
  };
}

/** Policies parsed once and kept inside; the entities are no more than the agent that asks, with its roles. */
export function cedar({ preparsePolicySet, statefulIsAuthorized }, rules, requests) {
  const id = `rules-${rules.length}`;
  const staticPolicies = Object.fromEntries(rules.map(({ id: name, effect, role, tool, environment, above, upTo }) => [
    name,
    `${effect === 'allow' ? 'permit' : 'forbid'}(principal in Role::"${role}", action == Action::"call", resource == Tool::"${tool}") `
      + `when { context.environment == "${environment}" && context.amount ${above === undefined ? `<= ${upTo}` : `> ${above}`} };`,
  ]));
  const parsed = preparsePolicySet(id, { staticPolicies });
  if (parsed.type !== 'success') throw new Error(`Cedar does not take the rules: ${JSON.stringify(parsed).slice(0, 300)}`);
  const calls = requests.map(({ agent, tool, environment, amount }) => {
    const principal = { type: 'Agent', id: agent.name };
    return {
      principal, action: { type: 'Action', id: 'call' }, resource: { type: 'Tool', id: tool }, context: { environment, amount }, preparsedPolicySetId: id,
      entities: [{ uid: principal, attrs: {}, parents: agent.roles.map((role) => ({ type: 'Role', id: role })) }],
    };
  });
  return (index) => {
    const answer = statefulIsAuthorized(calls[index]);
    if (answer.type !== 'success') throw new Error(`Cedar does not answer: ${JSON.stringify(answer).slice(0, 300)}`);
    return answer.response.decision;
  };
}

const MODEL = `
[request_definition]
r = sub, act, obj, env, amount
[policy_definition]
p = role, act, obj, env, above, upto, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.obj == p.obj && r.act == p.act && r.env == p.env && r.amount > p.above && r.amount <= p.upto && g(r.sub, p.role)
`;

/** The synchronous way to ask, with what tells rules apart first in the matcher. */
export async function casbin({ newEnforcer, newModelFromString }, rules, requests) {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  await enforcer.addPolicies(rules.map(({ effect, role, tool, environment, above = -1, upTo = 1e9 }) => [role, 'call', tool, environment, String(above), String(upTo), effect]));
  await enforcer.addGroupingPolicies(agents().flatMap(({ name, roles }) => roles.map((role) => [name, role])));
  const asked = requests.map(({ agent, tool, environment, amount }) => [agent.name, 'call', tool, environment, amount]);
  return (index) => (enforcer.enforceSync(...asked[index]) ? 'allow' : 'deny');
}

/** The library alone: each rule is one expression, parsed once; those that deny first, and no more than needed. */
export function cel({ parse }, rules, requests) {
  const expressions = (effect) => rules.filter((rule) => rule.effect === effect).map(({ role, tool, environment, above, upTo }) =>
    parse(`resource == "${tool}" && action == "call" && environment == "${environment}" && "${role}" in roles && amount ${above === undefined ? `<= ${upTo}.0` : `> ${above}.0`}`));
  const denies = expressions('deny');
  const allows = expressions('allow');
  const inputs = requests.map(({ agent, tool, environment, amount }) => ({ resource: tool, action: 'call', environment, roles: agent.roles, amount }));
  return (index) => {
    const input = inputs[index];
    return !denies.some((holds) => holds(input)) && allows.some((holds) => holds(input)) ? 'allow' : 'deny';
  };
}
