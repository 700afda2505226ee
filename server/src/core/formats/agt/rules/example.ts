// The policy that the examples of the findings are made of.

export const policyWith = (condition: string, { action = 'deny', agents = 'agents: [refund-bot]\n' } = {}): { readonly path: string; readonly text: string } => ({
  path: 'policies/refunds.yaml',
  text: `apiVersion: governance.toolkit/v1
name: refunds
${agents}default_action: allow
rules:
  - name: large
    condition: ${condition}
    action: ${action}
`,
});
