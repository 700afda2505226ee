// The documents that the suites write; their names begin with `suite-`, so that they meet nothing of the workspace around them.
export const CATALOG = `apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    suite-team: { title: Suite team }
`;

export const agent = (name: string, rest = ''): string => `apiVersion: countersign/v1
kind: Agent
metadata: { name: ${name} }
spec:
  purpose: Shows that the editor says what the language says.
  owner: { team: suite-team }
${rest}`;

/** The rule only obliges: with a faulty condition it applies to everything, and a denial would decide what other suites ask. */
export const policy = (name: string, condition: string): string => `apiVersion: countersign/v1
kind: Policy
metadata: { name: ${name}, owner: suite-team }
spec:
  rules:
    - id: suite-rule
      effect: oblige
      obligations: [ { log: none } ]
      when: ${condition}
`;
