// Names that come with Countersign, so that a workspace can use them without declaring them.

export const SHIPPED_STANDARDS: ReadonlySet<string> = new Set(['baseline', 'production-readiness', 'owasp-agentic-2026', 'eu-ai-act', 'iso-42001', 'nist-ai-rmf']);

/** Snippets of the shipped library that a requirement's `fix` may name. */
export const SHIPPED_SNIPPETS: ReadonlySet<string> = new Set([
  'owner', 'approval-gate', 'logging', 'intervention', 'human-override', 'validation', 'hosting', 'budget', 'transparency', 'waiver', 'compliance', 'data', 'slo',
]);
