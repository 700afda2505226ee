// Pieces of which the documented examples are made, so that each shows only what it is about.

const indent = (text: string, by: number): string => text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');

/** An agent's manifest with these lines under `spec`. */
export const agent = (spec: string, name = 'refund-assistant', owner = 'owner: { team: payments }'): string =>
  `#- agents/${name}.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec:\n  purpose: Resolve refund requests.\n${indent([owner, spec].filter((s) => s !== '').join('\n'), 2)}\n`;

/** A Catalog with these lines under `spec`. */
export const catalog = (spec: string): string => `#- company.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec:\n${indent(spec, 2)}\n`;

/** A Policy with these lines under `spec`. */
export const policy = (spec: string, name = 'guardrails'): string => `#- policies/${name}.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: ${name} }\nspec:\n${indent(spec, 2)}\n`;

/** A Policy of one rule, given as the lines of its map. */
export const rule = (lines: string): string => policy(`rules:\n  - ${indent(lines, 4).trimStart()}`);

/** A Standard of one requirement, given as the lines of its map. */
export const requirement = (lines: string): string =>
  `#- standards/house.standard.yaml\napiVersion: countersign/v1\nkind: Standard\nmetadata: { name: house }\nspec:\n  requirements:\n    - ${indent(lines, 6).trimStart()}\n`;

/** A PolicyTest of one case, given as the lines of its map. */
export const testCase = (lines: string, spec = ''): string =>
  `#- policies/guardrails.policytest.yaml\napiVersion: countersign/v1\nkind: PolicyTest\nspec:\n${spec === '' ? '' : `${indent(spec, 2)}\n`}  cases:\n    - ${indent(lines, 6).trimStart()}\n`;
