// Completion: what is offered at `$0`, in which order, and what the text is after the choice.
import assert from 'node:assert/strict';
import { plainOfSnippet } from '../../server/src/core/documents';
import { createLinter, SHIPPED } from '../../server/src/core/lint';
import { applyEdits } from '../../server/src/core/text';
import type { Workspace } from '../../server/src/core/workspace';
import { ide, type CompletionItem } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

const CATALOG = `#- company.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    payments: { title: Payments, oncall: payments-oncall, members: [maria] }
    risk-office: { title: Risk office }
  people: { maria: { name: Maria } }
  roles: { refund-clerk: { description: Refunds. }, auditor: { description: Reads. } }
  environments:
    production: { stage: production, regions: [eu-1] }
    test: { stage: test, regions: [us-1, us-2] }
  regions: { eu-1: {}, us-1: {}, us-2: {} }
  tools:
    pay/refund: { owner: payments, description: Pays back., capabilities: [changes-state], input: { type: object, properties: { amount: { type: number }, currency: { type: string, enum: [EUR, USD] } }, required: [amount] } }
    crm/find: { capabilities: [] }
  data: { orders: { classification: internal } }
  models: { "openai/*": { status: approved }, openai/old: { status: deprecated } }
  channels: { email: { trust: untrusted } }
  systems: { desk: { kind: itsm, queues: [L1, L2] }, other: { kind: itsm, queues: [Q9] } }
`;
const agent = (spec: string, head = 'owner: { team: payments }'): string => `${CATALOG}#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Do it.\n  ${head}\n${spec}`;
const policy = (rules: string): string => `${CATALOG}#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  variables: { large: args.amount > 500 }\n  rules:\n${rules}`;

interface Case {
  readonly title: string;
  readonly source: string;
  /** the labels, in order; those that a client would show for what is typed */
  readonly labels?: readonly string[];
  /** these among others */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  /** the item to choose; the first by default */
  readonly choose?: string;
  /** the lines that are new or changed after the choice */
  readonly gives?: string;
  /** the choice begins something that must be typed on */
  readonly unfinished?: boolean;
}

const CASES: readonly Case[] = [
  { title: 'keys on an empty line: only those that are missing', source: agent('  $0\n'), has: ['lifecycle', 'roles', 'tools'], lacks: ['purpose', 'owner', 'apiVersion'], choose: 'lifecycle', gives: '  lifecycle: draft' },
  { title: 'required keys first', source: agent('  $0\n', 'lifecycle: draft'), labels: ['owner', 'definition', 'autonomy', 'process', 'roles', 'model', 'tools', 'data', 'delegates', 'inputs', 'outputs', 'hosting', 'approvals', 'validation', 'logging', 'intervention', 'compliance', 'slo', 'budget', 'transparency', 'waivers'] },
  { title: 'a typed prefix without a colon', source: agent('  own$0\n  lifecycle: draft\n', 'autonomy: assist'), choose: 'owner', gives: '  owner:\n    team: team\n    model: dedicated-team\n    accountable: person\n    outputs: team' },
  { title: 'a key that has its value already', source: agent('  auto$0: act\n'), choose: 'autonomy', gives: '  autonomy: act' },
  { title: 'keys of a nested map', source: agent('  process:\n    $0\n'), labels: ['type', 'functions'], gives: '    type: automated' },
  { title: 'keys in braces', source: agent('  slo: { $0 }\n'), labels: ['availability', 'latencyP95'], gives: '  slo: { availability: 0.995 }' },
  { title: 'keys in braces before another', source: agent('  slo: { $0 latencyP95: 20s }\n'), labels: ['availability'], gives: '  slo: { availability: 0.995, latencyP95: 20s }' },
  { title: 'keys in braces behind a comma', source: agent('  slo: { latencyP95: 20s, $0}\n'), labels: ['availability'], gives: '  slo: { latencyP95: 20s, availability: 0.995 }' },
  { title: 'keys in braces that are not closed', source: agent('  process: { $0\n  autonomy: act\n'), labels: ['type', 'functions'], unfinished: true },
  { title: 'values of an enumeration', source: agent('  lifecycle: $0\n'), labels: ['draft', 'pilot', 'production', 'suspended', 'retired'], gives: '  lifecycle: draft' },
  { title: 'a value right behind the colon', source: agent('  lifecycle:$0\n'), labels: ['draft', 'pilot', 'production', 'suspended', 'retired'], gives: '  lifecycle: draft' },
  { title: 'a part of a plain value is replaced', source: agent('  lifecycle: pro$0posal\n'), choose: 'production', gives: '  lifecycle: production' },
  { title: 'between quotes', source: agent('  lifecycle: "pi$0"\n'), choose: 'pilot', gives: '  lifecycle: "pilot"' },
  { title: 'a quote that is not closed', source: agent('  lifecycle: "pi$0\n  autonomy: act\n'), choose: 'pilot', gives: '  lifecycle: "pilot"' },
  { title: 'booleans', source: agent('  logging: { sink: desk, events: [input], tamperEvident: $0 }\n'), labels: ['true', 'false'], gives: '  logging: { sink: desk, events: [input], tamperEvident: true }' },
  { title: 'durations', source: agent('  logging: { sink: desk, events: [input], retention: $0 }\n'), has: ['400d', '30m', '4h'] },
  { title: 'dates', source: policy('    - { id: x, effect: deny, expires: $0 }\n'), labels: ['2026-12-22', '2027-02-20', '2026-12-31', '2027-11-22', '2026-11-22'] },
  { title: 'dates of what happened', source: agent('  validation: [{ name: x, lastRun: $0 }]\n'), labels: ['2026-11-22', '2026-11-21', '2026-11-15'] },
  { title: 'teams', source: agent('  lifecycle: draft\n', 'owner: { team: $0 }'), labels: ['payments', 'risk-office'], gives: '  owner: { team: payments }' },
  { title: 'roles that are not listed yet', source: agent('  roles: [auditor, $0]\n'), labels: ['refund-clerk'], gives: '  roles: [auditor, refund-clerk]' },
  { title: 'the first item of a list', source: agent('  roles: $0\n'), labels: ['auditor', 'refund-clerk'], gives: '  roles: [auditor]' },
  { title: 'a list item on its own line', source: agent('  roles:\n    - auditor\n    - $0\n'), labels: ['refund-clerk'], gives: '    - refund-clerk' },
  { title: 'a list item without its dash', source: agent('  roles:\n    - auditor\n    $0\n'), labels: ['refund-clerk'], gives: '    - refund-clerk' },
  { title: 'the first list item, on a line of its own', source: agent('  roles:\n    $0\n'), labels: ['auditor', 'refund-clerk'], gives: '    - auditor' },
  { title: 'tools and patterns over them', source: agent('  tools: [$0]\n'), labels: ['crm/find', 'pay/refund', 'crm/*', 'pay/*', 'ref'], choose: 'crm/*', gives: '  tools: ["crm/*"]' },
  { title: 'exclusions, quoted', source: agent('  tools: [crm/find, !pay$0]\n'), labels: ['!pay/refund', '!pay/*'], gives: '  tools: [crm/find, "!pay/refund"]' },
  { title: 'a star', source: policy('    - { id: x, effect: deny, actions: [$0] }\n'), choose: 'call', gives: '    - { id: x, effect: deny, actions: [call] }' },
  { title: 'resources by their type', source: policy('    - { id: x, effect: deny, resources: ["tool:p$0"] }\n'), labels: ['tool:pay/refund', 'tool:pay/*'], gives: '    - { id: x, effect: deny, resources: ["tool:pay/refund"] }' },
  { title: 'resources in plain text are quoted', source: policy('    - id: x\n      effect: deny\n      resources:\n        - data$0\n'), has: ['data:orders'], choose: 'data:orders', gives: '        - "data:orders"' },
  { title: 'the region of the environment', source: agent('  hosting:\n    - environment: test\n      region: $0\n'), labels: ['us-1', 'us-2'], gives: '      region: us-1' },
  { title: 'the queues of the system', source: agent('  intervention: { escalation: { system: desk, queue: $0 } }\n'), labels: ['L1', 'L2'] },
  { title: 'models without patterns', source: agent('  model: $0\n'), has: ['openai/old'], lacks: ['openai/*'] },
  { title: 'parties', source: policy('    - { id: x, effect: require_approval, approval: { from: [$0] } }\n'), labels: ['payments', 'risk-office', 'payments-oncall', 'person:maria', 'user', 'team:payments', 'team:risk-office'] },
  { title: 'rules of policies', source: `${policy('    - { id: freeze, effect: deny }\n')}#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: x\n  owner: { team: payments }\n  intervention: { humanOverride: [{ rule: $0, by: [payments] }] }\n`, labels: ['p/freeze'] },
  { title: 'what a condition demands: approval', source: policy('    - id: x\n      effect: require_approval\n      $0\n'), choose: 'approval', gives: '      approval:\n        from: [team]\n        within: 4h' },
  { title: 'what a condition forbids', source: policy('    - id: x\n      effect: deny\n      $0\n'), lacks: ['approval', 'id', 'effect'] },
  { title: 'the effect that fits the other keys first', source: policy('    - id: x\n      effect: $0\n      approval: { from: [payments] }\n'), labels: ['require_approval', 'allow', 'deny', 'oblige'] },
  { title: 'a new gate in braces', source: agent('  approvals: [{ $0 }]\n'), choose: 'gate, from', gives: '  approvals: [{ gate: deploy, from: [payments] }]' },
  { title: 'a new rule', source: policy('    - id: x\n      effect: deny\n    $0\n'), choose: 'id, effect', gives: '    - id: refund-large\n      effect: deny' },
  { title: 'a new rule behind a dash', source: policy('    - $0\n'), choose: 'id, effect', gives: '    - id: refund-large\n      effect: deny' },
  { title: 'one obligation an item', source: policy('    - { id: x, effect: oblige, obligations: [{ log: full, $0 }] }\n'), labels: [] },
  { title: 'an empty file', source: '#- new.policy.yaml\n$0', has: ['new Policy', 'apiVersion'], lacks: ['new Agent'], choose: 'new Policy' },
  { title: 'an empty JSON file', source: '#- new.agent.json\n$0', labels: ['new Agent'] },
  { title: 'behind ---', source: '#- new.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: x }\nspec: {}\n---\n$0', has: ['new Policy', 'new Catalog', 'new Agent'] },
  { title: 'a file of somebody else', source: '#- deployment.yaml\napiVersion: apps/v1\nkind: $0\n', labels: [] },
  { title: 'kinds', source: '#- x.standard.yaml\napiVersion: countersign/v1\nkind: $0\nmetadata: { name: x }\nspec: { requirements: [] }\n', labels: ['Standard', 'Agent', 'Catalog', 'Policy', 'PolicyTest', 'SnippetLibrary'], gives: 'kind: Standard' },
  { title: 'the version', source: '#- x.standard.yaml\napiVersion: $0\nkind: Standard\nmetadata: { name: x }\nspec: { requirements: [] }\n', labels: ['countersign/v1'], gives: 'apiVersion: countersign/v1' },
  { title: 'fields in a condition', source: policy('    - { id: x, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.$0 }\n'), labels: ['amount', 'currency'], choose: 'amount', gives: '    - { id: x, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount }', unfinished: true },
  { title: 'literals in a condition in double quotes', source: policy('    - { id: x, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: "has(args.currency) && args.currency == $0" }\n'), choose: 'EUR', gives: `    - { id: x, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: "has(args.currency) && args.currency == 'EUR'" }` },
  { title: 'in a folded condition', source: policy('    - id: x\n      effect: deny\n      when: >-\n        agent.lifecycle == "draft"\n        && agent.$0\n'), has: ['lifecycle', 'roles'], unfinished: true },
  { title: 'the policy\'s variables in an empty condition', source: policy('    - id: x\n      effect: deny\n      when: $0\n'), has: ['variables.large', 'agent', 'has'], choose: 'variables.large', gives: '      when: variables.large' },
  { title: 'arguments of the tool of a test', source: `${CATALOG}#- t.policytest.yaml\napiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n    - name: x\n      request: { agent: a, action: call, resource: "tool:pay/refund", args: { $0 } }\n      expect: deny\n`, labels: ['amount', 'currency'] },
  { title: 'values of the arguments of a test', source: `${CATALOG}#- t.policytest.yaml\napiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n    - name: x\n      request: { agent: a, action: call, resource: "tool:pay/refund", args: { currency: $0 } }\n      expect: deny\n`, labels: ['EUR', 'USD'] },
  { title: 'codes in the settings', source: '#- .countersign.yaml\nseverity:\n  schema/u$0\n', has: ['schema/unknown-key'], choose: 'schema/unknown-key', unfinished: true },
  { title: 'JSON keys', source: `${CATALOG}#- a.agent.json\n{\n  "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "a" },\n  "spec": { "purpose": "x", "owner": { "team": "payments" }, $0 }\n}\n`, choose: 'lifecycle', gives: '  "spec": { "purpose": "x", "owner": { "team": "payments" }, "lifecycle": "draft" }' },
  { title: 'JSON keys between quotes, before another', source: `${CATALOG}#- a.agent.json\n{\n  "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "a" },\n  "spec": { "purpose": "x", "li$0" "owner": { "team": "payments" } }\n}\n`, choose: 'lifecycle', gives: '  "spec": { "purpose": "x", "lifecycle": "draft", "owner": { "team": "payments" } }' },
  { title: 'JSON values', source: `${CATALOG}#- a.agent.json\n{\n  "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "a" },\n  "spec": { "purpose": "x", "owner": { "team": $0 } }\n}\n`, labels: ['payments', 'risk-office'], gives: '  "spec": { "purpose": "x", "owner": { "team": "payments" } }' },
  { title: 'approvers: not the owner, nor who speaks for it', source: agent('  approvals: [{ gate: deploy, from: [$0] }]\n', 'owner: { team: payments }'), labels: ['risk-office', 'user', 'team:risk-office'], gives: '  approvals: [{ gate: deploy, from: [risk-office] }]' },
  { title: 'who waives: not the owner, and nobody in person', source: agent('  waivers: [{ requirement: a/b, reason: x, approvedBy: $0, expires: 2027-01-01 }]\n', 'owner: { team: payments }'), labels: ['risk-office', 'team:risk-office'] },
  { title: 'approvers of a rule about one team\'s agents', source: `${agent('', 'owner: { team: payments }')}${policy("    - { id: x, effect: require_approval, agents: [a], approval: { from: [$0] } }\n").replace(CATALOG, '')}`, labels: ['risk-office', 'user', 'team:risk-office'] },
  { title: 'who can stop it: the owner first', source: agent('  intervention: { stop: { by: [$0], method: x } }\n', 'owner: { team: payments }'), has: ['payments'], choose: 'payments', gives: '  intervention: { stop: { by: [payments], method: x } }' },
  { title: 'the accountable person', source: agent('', 'owner: { team: payments, accountable: $0 }'), labels: ['maria'] },
  { title: 'no agent hands work to itself', source: agent('  delegates: [$0]\n'), lacks: ['a'] },
  { title: 'each obligation, in brackets', source: policy('    - { id: x, effect: oblige, obligations: [$0] }\n'), labels: ['log', 'redact', 'notify', 'ticket', 'disclose', 'limit', 'warn'], gives: '    - { id: x, effect: oblige, obligations: [{ log: full }] }' },
  { title: 'the tools of a server', source: agent('  tools: [crm/$0]\n'), labels: ['crm/find', 'crm/*'], gives: '  tools: [crm/find]' },
  { title: 'tools of servers that are used already come first', source: agent('  tools: [pay/payout, $0]\n'), labels: ['pay/refund', 'crm/find', 'crm/*', 'pay/*', 'ref'] },
  { title: 'teams in a condition', source: policy("    - { id: x, effect: deny, when: 'agent.team == \"$0\"' }\n"), labels: ['payments', 'risk-office'], gives: "    - { id: x, effect: deny, when: 'agent.team == \"payments\"' }" },
  { title: 'teams in a condition, quotes not closed', source: policy('    - id: x\n      effect: deny\n      when: agent.team == "pay$0\n'), labels: ['payments'], gives: '      when: agent.team == "payments"' },
  { title: 'roles before `in`', source: policy("    - { id: x, effect: deny, when: '\"$0\" in agent.roles' }\n"), labels: ['auditor', 'refund-clerk'], gives: "    - { id: x, effect: deny, when: '\"auditor\" in agent.roles' }" },
  { title: 'names without quotes in a condition in double quotes', source: policy('    - { id: x, effect: deny, when: "context.environment == $0" }\n'), choose: 'production', gives: `    - { id: x, effect: deny, when: "context.environment == 'production'" }` },
  { title: 'names in a list', source: policy("    - { id: x, effect: deny, when: 'agent.team in [\"payments\", \"$0\"]' }\n"), labels: ['payments', 'risk-office'] },
  { title: 'names through a macro', source: policy("    - { id: x, effect: deny, when: 'agent.roles.exists(r, r == \"$0\")' }\n"), labels: ['auditor', 'refund-clerk'] },
  { title: 'the resources that a rule can match', source: policy("    - { id: x, effect: deny, actions: [call], when: 'resource.id == \"$0\"' }\n"), labels: ['crm/find', 'pay/refund'] },
  { title: 'names in a standard', source: `${CATALOG}#- s.standard.yaml\napiVersion: countersign/v1\nkind: Standard\nmetadata: { name: s }\nspec:\n  requirements:\n    - id: a\n      require: manifest.spec.tools.exists(t, t.ref == "$0")\n      message: x\n`, labels: ['crm/find', 'pay/refund'] },
  { title: 'names that are used where nothing declares them', source: '#- b.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: b }\nspec: { purpose: x, owner: { team: house }, roles: [gardener], tools: [shed/open] }\n#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: $0 } }\n', labels: ['house'] },
  { title: 'the workspace\'s own blocks at an empty key', source: `#- s.code-snippets\n{ "our log": { "prefix": "log", "body": ["logging:", "  sink: \${1:desk}", "  events: [input]"], "description": "As we log." }, "rule": { "prefix": "r", "body": "rules: []" } }\n${agent('  $0\n')}`, has: ['log'], lacks: ['r'], choose: 'log', gives: '  logging:\n    sink: desk\n    events: [input]' },
  { title: 'tools in an agent file', source: `${CATALOG}#- .github/agents/x.agent.md\n---\ntools: [pay/refund, $0]\n---\n`, labels: ['crm/find', 'crm/*', 'pay/*'], gives: 'tools: [pay/refund, crm/find]' },
  { title: 'tools in an agent file, on a line of their own', source: `${CATALOG}#- .github/agents/x.agent.md\n---\ntools:\n  - $0\n---\nText.\n`, has: ['crm/find'], choose: 'crm/find', gives: '  - crm/find' },
  { title: 'agents in an agent file', source: '#- .github/agents/y.agent.md\n---\ntools: []\n---\n#- .github/agents/x.agent.md\n---\nagents: [$0]\n---\n', labels: ['y'] },
  { title: 'nothing in the text of an agent file', source: `${CATALOG}#- .github/agents/x.agent.md\n---\ntools: []\n---\ntools: [$0]\n`, labels: [] },
  { title: 'servers of the Catalog in a configuration', source: '#- c.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec:\n  servers: { pay: { command: pay-mcp, owner: payments }, crm: { url: https://crm.example } }\n#- .vscode/mcp.json\n{ "servers": { "crm": {}, $0 } }\n', labels: ['pay'], gives: '{ "servers": { "crm": {}, "pay": { "command": "pay-mcp" } } }' },
  { title: 'requirements that can be waived: what is not met first, shipped ones too', source: `#- s.standard.yaml\napiVersion: countersign/v1\nkind: Standard\nmetadata: { name: zz-own }\nspec:\n  requirements:\n    - { id: met, require: has(manifest.spec.purpose), message: Has a purpose. }\n    - { id: priced, require: has(manifest.spec.budget), message: Has a budget. }\n${agent('  lifecycle: production\n  waivers: [{ requirement: $0 }]\n')}`, has: ['zz-own/met', 'zz-own/priced', ...[...SHIPPED.values()].flatMap(({ name, requirements }) => requirements.map(({ id }) => `${name}/${id}`))], choose: 'zz-own/priced', gives: '  waivers: [{ requirement: zz-own/priced }]', unfinished: true },
  { title: 'nothing in a comment', source: agent('  # role$0\n'), labels: [] },
  { title: 'nothing in free text', source: agent('  transparency: { notice: You are $0 talking }\n'), labels: [] },
  { title: 'nothing under a key that does not exist', source: agent('  nonsense:\n    $0\n'), labels: [] },
  { title: 'nothing in labels', source: '#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: a\n  labels:\n    $0\nspec: { purpose: x, owner: { team: t } }\n', labels: [] },
];

const shown = (items: readonly CompletionItem[], text: string, offset: number): CompletionItem[] =>
  items
    .filter((item) => {
      const typed = text.slice(item.replace.start, offset).trimStart().toLowerCase();
      let at = -1;
      return [...typed].every((letter) => (at = (item.filterText ?? item.label).toLowerCase().indexOf(letter, at + 1)) >= 0);
    })
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));

const applied = (text: string, item: CompletionItem): string => applyEdits(text, [{ span: item.replace, newText: item.snippet ? plainOfSnippet(item.insert) : item.insert }]);

const faults = (workspace: Workspace, path: string): string[] => createLinter(workspace).get(path).filter(({ code }) => /^(?:syntax|schema)\//.test(code)).map(({ code, message }) => `${code} ${message}`);

describe('ide complete', () => {
  for (const { title, source, labels, has, lacks, choose, gives, unfinished } of CASES) {
    it(title, () => {
      const { workspace, path, text, offset } = given(source);
      const items = shown(ide.complete?.(workspace, path, offset) ?? [], text, offset);
      const names = items.map((item) => item.label);
      // the snippets of libraries stand beside what the language offers, and have tests of their own
      if (labels) assert.deepEqual(items.filter((item) => !item.documentation?.includes('From library')).map((item) => item.label), labels);
      for (const label of has ?? []) assert.ok(names.includes(label), `${label} is not among ${names.join(', ')}`);
      for (const label of lacks ?? []) assert.ok(!names.includes(label), `${label} is offered`);
      const item = choose === undefined ? items[0] : items.find(({ label }) => label === choose);
      if (choose !== undefined) assert.ok(item, `${choose} is not among ${names.join(', ')}`);
      if (!item) return;
      const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      assert.ok(item.replace.start >= lineStart && item.replace.start <= offset && offset <= item.replace.end, 'replaces on its line, around the cursor');
      const after = applied(text, item);
      if (gives !== undefined) assert.ok(`\n${after}`.includes(`\n${gives}${after.endsWith(gives) ? '' : '\n'}`), `gave\n${after}`);
      if (unfinished) return;
      const before = faults(workspace, path);
      workspace.applyChange({ files: [[path, after]] });
      assert.deepEqual(faults(workspace, path).filter((fault) => !before.includes(fault)), [], after);
    });
  }

  it('each item of the example workspace\'s agents leaves a document without new faults', () => {
    const files = acmeFiles();
    const { workspace } = given('', files);
    const path = 'agents/refund-assistant.agent.yaml';
    const text = workspace.text(path) ?? '';
    for (const line of ['  $0', '  hosting:\n    - $0', '  data:\n    - $0', '  intervention:\n    stop: { by: [$0] }']) {
      const base = `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund-assistant }\nspec:\n  purpose: x\n  owner: { team: payments-platform }\n`;
      const offset = base.length + line.indexOf('$0');
      const source = `${base}${line.replace('$0', '')}\n`;
      workspace.applyChange({ files: [[path, source]] });
      const before = faults(workspace, path);
      const items = ide.complete?.(workspace, path, offset) ?? [];
      assert.ok(items.length > 0, line);
      for (const item of items.filter(({ kind }) => kind !== 'key' || line === '  $0')) {
        workspace.applyChange({ files: [[path, applied(source, item)]] });
        assert.deepEqual(faults(workspace, path).filter((fault) => !before.includes(fault)), [], `${item.label}:\n${applied(source, item)}`);
      }
      workspace.applyChange({ files: [[path, text]] });
    }
  });
});
