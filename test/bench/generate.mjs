// Writes a believable company of any size, always the same for the same numbers: what the benchmark is run on.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The world that all generated documents speak of. */
export const WORLD = { teams: 50, people: 150, roles: 40, servers: 20, tools: 200, sources: 40, channels: 8 };
const ENVIRONMENTS = ['development', 'staging', 'production', 'production-us'];
const DOMAINS = ['payments', 'support', 'people', 'legal', 'stores', 'analytics', 'it', 'sales'];

const team = (n) => `team-${n % WORLD.teams}`;
const person = (n) => `person.${n % WORLD.people}`;
const role = (n) => `role-${n % WORLD.roles}`;
const tool = (n) => `server-${n % WORLD.servers}/tool-${n % WORLD.tools}`;
const source = (n) => `source-${n % WORLD.sources}`;
const channel = (n) => `channel-${n % WORLD.channels}`;
const domain = (n) => DOMAINS[n % DOMAINS.length];
const upTo = (count, line) => Array.from({ length: count }, (_, n) => line(n));
const document = (kind, name, rest) => ['apiVersion: countersign/v1', `kind: ${kind}`, 'metadata:', `  name: ${name}`, ...rest, ''].join('\n');

/** The Catalog in four files: path -> text. */
export function catalog() {
  const own = (title) => [`  title: ${title}`, `  owner: ${team(0)}`, 'spec:'];
  return {
    'catalog/organisation.catalog.yaml': document('Catalog', 'organisation', [
      ...own('Teams, people and roles'),
      '  teams:',
      ...upTo(WORLD.teams, (n) => [
        `    ${team(n)}:`, `      title: Team ${n}`, `      members: [${person(n)}, ${person(n + 50)}, ${person(n + 100)}]`,
        `      contact: ${team(n)}@example.com`, `      oncall: ${team(n)}-oncall`, `      github: example/${team(n)}`,
      ]).flat(),
      '  people:',
      ...upTo(WORLD.people, (n) => `    ${person(n)}: { name: Person ${n}, email: ${person(n)}@example.com }`),
      '  roles:',
      ...upTo(WORLD.roles, (n) => `    ${role(n)}: { description: Does what role ${n} does in ${domain(n)}. }`),
    ]),
    'catalog/platform.catalog.yaml': document('Catalog', 'platform', [
      ...own('Environments, models and services'),
      '  environments:',
      '    development: { stage: development, platform: public-cloud, regions: [eu-west-1] }',
      '    staging: { stage: staging, platform: private-cloud, regions: [eu-west-1] }',
      '    production: { stage: production, platform: private-cloud, regions: [eu-west-1] }',
      '    production-us: { stage: production, platform: public-cloud, regions: [us-east-1] }',
      '  regions:',
      '    eu-west-1: { residency: eu }',
      '    us-east-1: { residency: us }',
      '  servers:',
      ...upTo(WORLD.servers, (n) => `    server-${n}: { url: "https://server-${n}.example.com/mcp", owner: ${team(n)} }`),
      '  models:',
      '    "anthropic/*": { status: approved }',
      '    "openai/gpt-5*": { status: approved }',
      '    "openai/gpt-3*": { status: forbidden }',
      '  systems:',
      '    servicenow: { kind: itsm, queues: [L1, L2, CHANGE] }',
      '    siem: { kind: siem }',
      '  integrations:',
      `    warehouse: { platform: private-cloud, owner: ${team(3)} }`,
    ]),
    'catalog/tools.catalog.yaml': document('Catalog', 'tools', [
      ...own('Tools'),
      '  tools:',
      ...upTo(WORLD.tools, (n) => [
        `    ${tool(n)}:`, `      owner: ${team(n)}`, `      description: Does step ${n} of ${domain(n)}.`,
        `      capabilities: [${n % 3 === 0 ? 'changes-state' : ''}]`, `      labels: { domain: ${domain(n)} }`,
        '      input:', '        type: object', '        properties:', '          id: { type: string }', '          amount: { type: number, minimum: 0, maximum: 100000 }',
        '          currency: { type: string, enum: [EUR, GBP, USD] }', '        required: [id, amount, currency]', '        additionalProperties: false',
      ]).flat(),
    ]),
    'catalog/data.catalog.yaml': document('Catalog', 'data', [
      ...own('Data and channels'),
      '  data:',
      ...upTo(WORLD.sources, (n) => `    ${source(n)}: { owner: ${team(n)}, classification: ${['public', 'internal', 'confidential', 'restricted'][n % 4]}, residency: eu, integration: warehouse, capabilities: [] }`),
      '  channels:',
      ...upTo(WORLD.channels, (n) => `    ${channel(n)}: { trust: internal, owner: ${team(n)}, capabilities: [] }`),
    ]),
  };
}

const validation = (n) => [
  `    - name: evaluation-${n}`, '      kind: evaluation', '      metric: right-answers', '      direction: higher',
  '      threshold: 0.95', `      result: 0.${96 + (n % 4)}`, '      cadence: 3650d', `      lastRun: 2026-0${1 + (n % 9)}-1${n % 10}`, `      evidence: Report ${n} of the quality board`,
];

/** An Agent manifest of exactly `lines` lines (at least 60), or of its natural length of about 60. `fault` misspells one value. */
export function agent(n, { lines = 0, fault = false } = {}) {
  const head = [
    `  title: Agent ${n}`,
    `  labels: { domain: ${domain(n)}, tier: "${1 + (n % 3)}" }`,
    'spec:',
    `  purpose: Takes over the routine part of ${domain(n)} number ${n}, up to the limits of its owner.`,
    '  lifecycle: production',
    `  autonomy: ${fault ? 'act-with-aproval' : 'act-with-approval'}`,
    `  process: { type: automated, functions: [${domain(n)}] }`,
    '  owner:', `    team: ${team(n)}`, '    model: dedicated-team', `    accountable: ${person(n)}`, `    outputs: ${team(n + 7)}`,
    `  roles: [${role(n)}, ${role(n + 1)}]`,
    '  model: anthropic/claude-sonnet-4-5',
    '  tools:', ...upTo(6, (k) => `    - ${tool(n + k * 31)}`),
    '  data:', ...upTo(2, (k) => [`    - source: ${source(n + k * 11)}`, '      access: [read]', `      purpose: Look up what case ${k} needs.`]).flat(),
    `  inputs: [${channel(n)}]`,
    `  outputs: [${channel(n + 1)}]`,
    '  hosting:', '    - { environment: staging, region: eu-west-1 }', '    - { environment: production, region: eu-west-1 }',
    '  logging:', '    sink: siem', '    events: [input, tool_call, tool_result, decision, output]', '    redact: [pii]', '    retention: 400d', '    tamperEvident: true',
    '  intervention:', `    stop: { by: [${team(n)}-oncall], method: feature flag agent-${n}, within: 60s }`, '    escalation: { system: servicenow, queue: L2, within: 30m }', '    fallback: Queue the request for a person.',
    '  compliance:', '    - { framework: gdpr, risk: limited, controls: [art-25] }',
    '  slo: { availability: 0.99, latencyP95: 10s }',
    '  budget: { monthlyUsd: 1200, perTaskUsd: 0.4 }',
    '  transparency: { notify: [customers], notice: You are talking to an automated assistant. }',
    '  validation:', ...validation(0),
  ];
  return sized('Agent', `agent-${n}`, head, (k) => validation(k + 1), lines);
}

const rule = (k, n) => {
  const common = [`    - id: rule-${k}`, `      roles: [${role(k + n)}]`, '      actions: [call]', `      resources: ["tool:${tool(k * 7 + n)}"]`, `      environments: [${ENVIRONMENTS[k % 4]}]`];
  const amount = 100 + ((k * 37) % 5000);
  return k % 3 === 2
    ? [...common, '      effect: require_approval', `      when: "!has(args.amount) || args.amount > ${amount}"`, `      approval: { from: [${team(k + n)}], within: 4h }`, `      reason: What costs more than ${amount} is looked at by a person.`]
    : [...common, '      effect: allow', `      when: has(args.amount) && args.amount <= ${amount} && args.currency == "EUR"`, `      owner: ${team(k)}`, `      reason: Up to ${amount} is routine.`];
};

/** A Policy of exactly `lines` lines (at least 20), or with `rules` rules. `fault` misspells one value. */
export function policy(n, { lines = 0, rules = 8, fault = false } = {}) {
  const head = [
    `  title: Policy ${n}`, `  owner: ${team(n)}`, 'spec:', '  rules:',
    '    - id: log-everything', `      effect: ${fault ? 'obligee' : 'oblige'}`, `      agents: ["agent-${n}*"]`, '      obligations: [{ log: full }, { redact: [pii] }]',
    ...(lines > 0 ? [] : upTo(rules, (k) => rule(k, n)).flat()),
  ];
  return sized('Policy', `policy-${n}`, head, (k) => rule(k, n), lines);
}

/** A PolicyTest whose cases are all denied: no generated agent runs in development. */
export function policyTest(n) {
  return document('PolicyTest', `tests-${n}`, [
    'spec:', `  policies: [policy-${n}]`, '  at: 2026-11-22T10:00:00Z', '  cases:',
    ...upTo(8, (k) => [`    - name: case ${k}`, `      request: { agent: agent-${k}, action: call, resource: "tool:${tool(k)}", environment: development, args: { id: "1", amount: ${k}, currency: EUR } }`, '      expect: { effect: deny }']).flat(),
  ]);
}

function sized(kind, name, head, entry, lines) {
  const rest = [...head];
  // four lines stand before
  for (let k = 0; 4 + rest.length < lines; k++) {
    const next = entry(k);
    if (4 + rest.length + next.length > lines) break;
    rest.push(...next);
  }
  while (4 + rest.length < lines) rest.push('    # end of the list');
  return document(kind, name, rest);
}

/** Files of a whole workspace as [path, text]; every `faultEvery`-th agent and policy has one fault. */
export function* workspace({ agents = 0, policies = 0, policyTests = 0, faultEvery = 50 } = {}) {
  yield ['.countersign.yaml', 'severity:\n  policy/conflict: off\n  policy/uncovered: off\n'];
  yield* Object.entries(catalog());
  const fault = (n) => n % faultEvery === faultEvery - 1;
  for (let n = 0; n < agents; n++) yield [`agents/${domain(n)}/${team(n)}/agent-${n}.agent.yaml`, agent(n, { fault: fault(n) })];
  for (let n = 0; n < policies; n++) yield [`policies/${domain(n)}/policy-${n}.policy.yaml`, policy(n, { fault: fault(n) })];
  for (let n = 0; n < policyTests; n++) yield [`tests/tests-${n}.policytest.yaml`, policyTest(n)];
}

/** Writes files given as [path, text] under a folder. */
export function writeFiles(folder, files) {
  let count = 0;
  for (const [file, text] of files) {
    const target = path.join(folder, ...file.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    count++;
  }
  return count;
}

/**
 * The place of one character in the middle of a long document whose loss is a fault that a schema sees:
 * the last letter of a rule's effect or of an evaluation's direction. Gives { line, character, letter }.
 */
export function middleLetter(text) {
  const lines = text.split('\n');
  const found = lines.flatMap((content, line) => (/^ {6}(?:effect|direction): \w+$/.test(content) ? [{ line, content }] : []));
  const { line, content } = found.reduce((best, next) => (Math.abs(next.line - lines.length / 2) < Math.abs(best.line - lines.length / 2) ? next : best));
  return { line, character: content.length - 1, letter: content.at(-1) };
}
