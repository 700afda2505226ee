// Rules, agents and tools by number, for the benchmark of the analysis: the same in every process.
/** Requests are decided at this time. */
export const CLOCK = Date.parse('2026-11-22T10:00:00Z');
export const AGENTS = 50;
export const TOOLS = 200;
export const ENVIRONMENTS = ['development', 'staging', 'production'];
export const ARGUMENTS = 10;

export function random(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * most) % most;
  };
}

export const tool = (n) => `server-${n % 10}/tool-${n}`;
export const argument = (n) => `n${n}`;

/** One rule of many; of dense ones half are over wide patterns. */
export function makeRule(n, dense, next) {
  const name = argument(next(ARGUMENTS));
  const bound = 10 * (1 + next(40));
  const wide = dense && n % 2 === 0;
  const resource = wide ? ['tool:*', `tool:server-${next(10)}/*`][next(2)] : `tool:${tool(next(TOOLS))}`;
  const effect = ['allow', 'allow', 'allow', 'require_approval', 'deny'][next(5)];
  return {
    id: `r${n}`, effect, actions: ['call'], resources: [resource],
    ...(next(3) > 0 ? { roles: [`role-${next(12)}`] } : {}), ...(next(3) === 0 ? { environments: [ENVIRONMENTS[next(3)]] } : {}),
    ...(next(4) > 0 ? { when: [`args.${name} > ${bound}`, `args.${name} <= ${bound}`, `has(args.${name}) && args.${name} == ${bound}`, `args.kind in ["a", "b"] && args.${name} < ${bound}`][next(4)] } : {}),
    ...(effect === 'require_approval' ? { approval: { from: [['finance', 'risk', 'legal'][next(3)]] } } : {}),
  };
}

export const document = (kind, name, spec) => `apiVersion: countersign/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${JSON.stringify(spec)}\n`;
export const input = { type: 'object', properties: { ...Object.fromEntries(Array.from({ length: ARGUMENTS }, (_, n) => [argument(n), { type: 'integer', minimum: 0 }])), kind: { enum: ['a', 'b', 'c', 'd'] } } };

/** `like`: another state, whose files are not read again where they are the same, as the command line and the editor do it. */
export function world({ Workspace }, like) {
  const workspace = new Workspace(like && ((path, text) => (like.text(path) === text ? like.facts(path) : null)));
  const files = Array.from({ length: AGENTS }, (_, n) => [`a${n}.agent.yaml`, document('Agent', `agent-${n}`, { lifecycle: 'production', owner: { team: 'own' }, roles: [`role-${n % 12}`, `role-${(n * 5) % 12}`], tools: Array.from({ length: 20 }, (_unused, k) => tool((n * 7 + k * 11) % TOOLS)) })]);
  files.push(['world.catalog.yaml', document('Catalog', 'world', { environments: Object.fromEntries(ENVIRONMENTS.map((name) => [name, { stage: name }])), tools: Object.fromEntries(Array.from({ length: TOOLS }, (_, n) => [tool(n), { input }])) })]);
  workspace.applyChange({ files, now: CLOCK });
  return workspace;
}

/** Policies of 20 rules each, so that an edit compiles little. */
export const policies = (rules) => Array.from({ length: Math.ceil(rules.length / 20) }, (_, n) => [`p${n}.policy.yaml`, document('Policy', `p${n}`, { rules: rules.slice(n * 20, n * 20 + 20) })]);

/** Rules, the engine over them, and a workspace in which fifty of them are others. `next` goes on for further edits. */
export function fiftyEdits(core, count, dense) {
  const next = random(count + (dense ? 1 : 0));
  const rules = Array.from({ length: count }, (_, n) => makeRule(n, dense, next));
  const before = world(core);
  before.applyChange({ files: policies(rules) });
  const edited = (places) => rules.map((rule, n) => (places.has(n) ? { ...makeRule(n, dense, next), id: rule.id } : rule));
  const after = world(core, before);
  after.applyChange({ files: policies(edited(new Set(Array.from({ length: 50 }, () => next(count))))) });
  return { next, rules, base: before.shared(core.ENGINE), after, edited };
}
