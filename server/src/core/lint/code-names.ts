// All codes of the language by family, also those whose rules are not written yet: what settings and suppressions may name.

const kinds = ['team', 'person', 'role', 'environment', 'region', 'tool', 'server', 'data', 'agent', 'model', 'channel', 'system', 'policy', 'rule', 'requirement', 'snippet', 'file', 'standard', 'integration', 'queue'];

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  syntax: ['yaml', 'unquoted', 'duplicate-key', 'json', 'frontmatter', 'toml', 'too-large'],
  schema: ['unknown-key', 'required', 'enum', 'type', 'format', 'range', 'combination'],
  reference: [...kinds.map((kind) => `unknown-${kind}`), 'duplicate', 'matches-nothing'],
  condition: ['syntax', 'unknown-field', 'type', 'enum', 'unguarded-field', 'unsafe-pattern'],
  ownership: ['missing', 'unknown', 'disagrees', 'no-contact', 'single-person', 'no-output-owner'],
  approval: ['stale-digest', 'expired', 'not-an-approver', 'too-few', 'self-approval'],
  validation: ['overdue', 'below-threshold'],
  model: ['forbidden', 'deprecated'],
  policy: ['unsatisfiable-rule', 'malformed-rule', 'shadowed-rule', 'dead-grant', 'dead-capability', 'expired-rule', 'self-approval', 'redundant-rule', 'conflict', 'uncovered'],
  capability: ['rule-of-two', 'delegation-escalation'],
  drift: ['undeclared-tool', 'undeclared-delegate', 'model-differs', 'server-identity', 'missing-definition'],
  internal: ['fault'],
  suppression: ['no-reason', 'unused'],
  waiver: ['expired', 'unknown', 'unneeded', 'self-approved'],
  test: ['failed', 'invalid'],
  snippet: ['invalid', 'hash-changed', 'duplicate-prefix'],
};
/** Families whose codes carry a name of their own: `format/<format>/...`, `standard/<standard>/...`. */
const NAMED = ['format', 'standard'];

/** Every code, and every `family/*`. */
export const CODE_NAMES: readonly string[] = [...Object.entries(FAMILIES).flatMap(([family, codes]) => [...codes.map((code) => `${family}/${code}`), `${family}/*`]), ...NAMED.map((family) => `${family}/*`)];

const KNOWN: ReadonlySet<string> = new Set(CODE_NAMES);

/** Whether a text can be a code or stand for several; of formats and standards only the form is looked at. */
export const isCodeName = (text: string): boolean => text === '*' || KNOWN.has(text) || NAMED.some((family) => text.startsWith(`${family}/`));
