// Documentation of the `reference/...` codes about names that nothing declares.
import { agent, catalog, requirement, rule } from '../examples';
import type { CodeDoc, Example } from '../../rule';

interface Row {
  readonly kind: string;
  readonly what: string;
  readonly where: string;
  readonly declares: string;
  readonly bad: Example;
  readonly good: Example;
}

const pair = (declared: Example, use: (name: string) => Example, good: string, bad: string): { bad: Example; good: Example } => ({ bad: declared + use(bad), good: declared + use(good) });

const TEAMS = 'teams:\n  payments: { title: Payments }\n  risk-office: { title: Risk office }';

const ROWS: readonly Row[] = [
  { kind: 'team', what: 'team', where: 'an owner, an approver, a person to notify', declares: '`teams` of a Catalog', ...pair(catalog(TEAMS), (n) => agent('', 'refund-assistant', `owner: { team: ${n} }`), 'payments', 'paymens') },
  { kind: 'person', what: 'person', where: 'an accountable person, a member, an approval', declares: '`people` of a Catalog', ...pair(catalog(`${TEAMS}\npeople:\n  maria.lopez: { name: Maria Lopez }`), (n) => agent('', 'refund-assistant', `owner: { team: payments, accountable: ${n} }`), 'maria.lopez', 'maria.lopes') },
  { kind: 'role', what: 'role', where: 'an agent or a rule', declares: '`roles` of a Catalog', ...pair(catalog('roles:\n  refund-clerk: { description: May refund. }'), (n) => agent(`roles: [${n}]`), 'refund-clerk', 'refund-clark') },
  { kind: 'environment', what: 'environment', where: '`hosting`, an approval gate, a rule or a request', declares: '`environments` of a Catalog', ...pair(catalog('environments:\n  production: { stage: production }'), (n) => agent(`hosting: [${n}]`), 'production', 'prodution') },
  { kind: 'region', what: 'region', where: '`hosting` or an environment', declares: '`regions` of a Catalog', ...pair(catalog('environments:\n  production: { stage: production }\nregions:\n  eu-west-1: { residency: eu }'), (n) => agent(`hosting: [{ environment: production, region: ${n} }]`), 'eu-west-1', 'eu-west-2') },
  { kind: 'tool', what: 'tool', where: '`tools` of an agent, a rule or a request', declares: '`tools` of a Catalog', ...pair(catalog('tools:\n  payments/refund: { capabilities: [changes-state] }'), (n) => agent(`tools: [${n}]`), 'payments/refund', 'payments/refnd') },
  { kind: 'server', what: 'tool server', where: 'a tool of the Catalog', declares: '`servers` of a Catalog', bad: catalog('servers:\n  payments: { command: payments-mcp }\ntools:\n  paymets/refund: { capabilities: [] }'), good: catalog('servers:\n  payments: { command: payments-mcp }\ntools:\n  payments/refund: { capabilities: [] }') },
  { kind: 'data', what: 'data source', where: '`data` of an agent, a rule or a request', declares: '`data` of a Catalog', ...pair(catalog('data:\n  orders-db: { classification: confidential }'), (n) => agent(`data: [{ source: ${n}, access: [read] }]`), 'orders-db', 'order-db') },
  { kind: 'agent', what: 'agent', where: '`delegates`, a rule or a request', declares: 'Agent documents and agent files of other tools', ...pair(agent('', 'fraud-check'), (n) => agent(`delegates: [${n}]`), 'fraud-check', 'fraud-chek') },
  { kind: 'model', what: 'model', where: '`model` of an agent or a rule', declares: '`models` of a Catalog, whose keys are patterns', ...pair(catalog('models:\n  "anthropic/*": { status: approved }'), (n) => agent(`model: ${n}`), 'anthropic/claude-sonnet-4-5', 'antropic/claude-sonnet-4-5') },
  { kind: 'channel', what: 'channel', where: '`inputs` and `outputs` of an agent, a rule', declares: '`channels` of a Catalog', ...pair(catalog('channels:\n  email: { trust: untrusted }'), (n) => agent(`inputs: [${n}]`), 'email', 'e-mail') },
  { kind: 'system', what: 'system', where: '`logging.sink`, `escalation.system`', declares: '`systems` of a Catalog', ...pair(catalog('systems:\n  siem: { kind: siem }'), (n) => agent(`logging: { sink: ${n}, events: [input] }`), 'siem', 'seim') },
  { kind: 'queue', what: 'queue', where: '`escalation.queue`, a `ticket` obligation', declares: '`queues` of the systems of a Catalog', ...pair(catalog('systems:\n  servicenow: { kind: itsm, queues: [PAY-L2] }'), (n) => agent(`intervention: { escalation: { system: servicenow, queue: ${n} } }`), 'PAY-L2', 'PAY-L3') },
  { kind: 'integration', what: 'integration', where: 'a data source of the Catalog', declares: '`integrations` of a Catalog', bad: catalog('integrations:\n  crm-sync: { platform: workato }\ndata:\n  orders-db: { classification: internal, integration: crm-synk }'), good: catalog('integrations:\n  crm-sync: { platform: workato }\ndata:\n  orders-db: { classification: internal, integration: crm-sync }') },
  { kind: 'policy', what: 'policy', where: '`humanOverride.rule`, a PolicyTest', declares: 'Policy documents', ...pair(rule('id: large\neffect: deny\nactions: [call]'), (n) => agent(`intervention: { humanOverride: [{ rule: ${n}/large, by: [payments] }] }`), 'guardrails', 'guardrail') },
  { kind: 'rule', what: 'rule', where: '`humanOverride.rule`, a PolicyTest', declares: 'the rules of Policy documents', ...pair(rule('id: large\neffect: deny\nactions: [call]'), (n) => agent(`intervention: { humanOverride: [{ rule: guardrails/${n}, by: [payments] }] }`), 'large', 'larg') },
  { kind: 'file', what: 'file', where: 'a path of a document', declares: 'the workspace folder itself', bad: '#- library/house.snippets.yaml\napiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: house }\nspec: { version: 1.0.0, snippets: [./blocks.code-snippets] }\n', good: '#- library/blocks.code-snippets\n{}\n#- library/house.snippets.yaml\napiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: house }\nspec: { version: 1.0.0, snippets: [./blocks.code-snippets] }\n' },
  { kind: 'snippet', what: 'snippet', where: '`fix` of a requirement', declares: 'the `*.code-snippets` files of the workspace, beside the shipped library', ...pair('#- library/blocks.code-snippets\n{ "owner-block": { "prefix": "owner", "body": ["owner:"] } }\n', (n) => requirement(`id: owned\nrequire: has(manifest.spec.owner)\nmessage: An agent needs an owner.\nfix: ${n}`), 'owner-block', 'owner-blok') },
  { kind: 'standard', what: 'standard', where: '`.countersign.yaml`', declares: 'Standard documents, beside the shipped standards', ...pair(requirement('id: owned\nrequire: has(manifest.spec.owner)\nmessage: An agent needs an owner.'), (n) => `#- .countersign.yaml\nstandards: { ${n}: on }\n`, 'house', 'hous') },
  { kind: 'requirement', what: 'requirement', where: 'the codes of `.countersign.yaml`', declares: 'the requirements of Standard documents', ...pair(requirement('id: owned\nrequire: has(manifest.spec.owner)\nmessage: An agent needs an owner.'), (n) => `#- .countersign.yaml\nseverity: { standard/house/${n}: hint }\n`, 'owned', 'owed') },
];

/** The codes `reference/unknown-...`, one a kind of name. */
export const unknownDocs: readonly CodeDoc[] = ROWS.map(({ kind, what, where, declares, bad, good }) => ({
  code: `reference/unknown-${kind}`,
  severity: 'warning',
  title: `${/^[aeiou]/.test(what) ? 'An' : 'A'} ${what} that nothing declares`,
  doc: `The name of a ${what} in ${where} is declared by none of this workspace's files.\n\nDeclared by: ${declares}. As long as the workspace declares no ${what} at all, names of this kind are not checked: unknown is not wrong.\n\nTo mend it, correct the name (the nearest one that exists is offered), or declare it.`,
  bad,
  good,
}));

export const duplicateDoc: CodeDoc = {
  code: 'reference/duplicate',
  severity: 'error',
  title: 'One name declared twice',
  doc: 'Names are unique per kind in a workspace folder: agents, policies, standards, the entries of all Catalogs together, the rules of a policy and the requirements of a standard. Of two declarations nobody can say which is meant; a decision about an agent of such a name is always `deny`.\n\nTo mend it, rename one, or remove it.',
  bad: catalog('roles:\n  refund-clerk: { description: May refund. }') + catalog('roles:\n  refund-clerk: { description: May refund up to 500. }').replace('company.catalog', 'other.catalog'),
  good: catalog('roles:\n  refund-clerk: { description: May refund. }') + catalog('roles:\n  senior-clerk: { description: May refund up to 500. }').replace('company.catalog', 'other.catalog'),
};

export const nothingDoc: CodeDoc = {
  code: 'reference/matches-nothing',
  severity: 'warning',
  title: 'A pattern that matches nothing that is declared',
  doc: 'A pattern with `*` matches none of the names that the workspace declares of its kind, so the entry has no effect: a grant that grants nothing, or, worse, an exclusion or a denial that stops nothing.\n\nChecked only where the workspace declares names of the kind. To mend it, correct the pattern or declare what it is meant for.',
  bad: catalog('roles:\n  refund-clerk: { description: May refund. }') + rule('id: refunds\neffect: deny\nroles: ["refnd-*"]\nactions: [call]'),
  good: catalog('roles:\n  refund-clerk: { description: May refund. }') + rule('id: refunds\neffect: deny\nroles: ["refund-*"]\nactions: [call]'),
};

