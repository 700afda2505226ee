// The conditions of Standards see the manifest with its short forms written out.
import assert from 'node:assert/strict';
import { lintText } from '../../harness/workspace';

const HEAD = `#- house.standard.yaml\napiVersion: countersign/v1\nkind: Standard\nmetadata: { name: house }\nspec:\n  requirements:\n    - id: one\n      message: Must hold.\n      require: '`;
const START = HEAD.length - HEAD.indexOf('\n') - 1;

/** The codes with their offsets in the condition. */
const findings = (require: string): string[] => lintText(`${HEAD}${require}'\n`).map((f) => `${f.code} ${f.span.start - START}`);

const CASES: readonly [string, readonly string[]][] = [
  ['manifest.spec.approvals.exists(a, a.gate == "deploy")', []],
  ['manifest.spec.lifecycle != "draft" && size(manifest.spec.tools) > 0', []],
  ['manifest.spec.tools.all(t, t.ref != "*")', []],
  ['manifest.spec.model.provider == "anthropic"', []],
  ['manifest.spec.definition.exists(d, d.endsWith(".agent.md"))', []],
  ['has(manifest.metadata.annotations.audited)', []],
  ['manifest.metadata.labels.domain == "payments"', []],
  ['manifest.spec.approvals[0].count >= 2', []],
  ['manifest.spec.hosting.all(h, h.environment in catalog.environments)', []],
  ['catalog.teams[manifest.spec.owner.team].oncall != ""', []],
  ['agent.capabilities.exists(c, c == "changes-state")', []],
  ['manifest.spec.budget.monthlyUsd < 5000 || manifest.spec.slo.availability == 0.5', []],
  ['manifest.spec.lifecycle == "prodution"', ['condition/enum 27']],
  ['manifest.spec.aprovals.exists(a, true)', ['condition/unknown-field 14']],
  ['manifest.spec.approvals.exists(a, a.gat == "deploy")', ['condition/unknown-field 36']],
  ['manifest.spec.purpose > 3', ['condition/type 22']],
];

describe('conditions of Standards', () => {
  for (const [text, expected] of CASES) it(text, () => assert.deepEqual(findings(text), expected));
});
