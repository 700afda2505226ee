// The same rules and requests for every engine that decides: by role, action, tool, environment and amount; a deny stands before an allow, and what nothing allows is denied.

export const AGENTS = 24;
const ROLES = 16;
const ENVIRONMENTS = ['staging', 'production'];
const REQUESTS = 240;
/** rules for each tool */
const PER_TOOL = 5;

const environment = (n) => ENVIRONMENTS[n % ENVIRONMENTS.length];
const role = (n) => `role-${n % ROLES}`;
const tool = (n) => `server-${n % 10}/tool-${n}`;

/** An agent has three roles. */
export const agents = () => Array.from({ length: AGENTS }, (_, n) => ({ name: `agent-${n}`, roles: [role(n), role(n + 5), role(n + 9)] }));

/** `count` rules as { id, effect, role, tool, environment, above } or { ..., upTo }: one in five denies. */
export function rules(count) {
  const tools = Math.ceil(count / PER_TOOL);
  return Array.from({ length: count }, (_, n) => {
    const common = { id: `rule-${n}`, role: role(n * 7), tool: tool(n % tools), environment: environment(Math.floor(n / tools)) };
    const amount = 100 + ((n * 37) % 900);
    return n % 5 === 4 ? { ...common, effect: 'deny', above: amount } : { ...common, effect: 'allow', upTo: amount };
  });
}

/** Requests as { agent, tool, environment, amount }; two of three ask for what some rule is about. */
export function requests(all) {
  const holders = agents();
  return Array.from({ length: REQUESTS }, (_, n) => {
    const rule = all[(n * 13) % all.length];
    const holder = holders.filter(({ roles }) => roles.includes(rule.role));
    const meant = n % 3 < 2;
    return {
      agent: (meant ? holder : holders)[(n * 5) % (meant ? holder : holders).length],
      tool: rule.tool, environment: meant ? rule.environment : environment(n), amount: (n * 61) % 1100,
    };
  });
}
