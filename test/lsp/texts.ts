// Documents that the tests of the server share.
export const CATALOG = `apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    payments: { title: Payments }
`;

export const agent = (name: string, team = 'payments'): string => `apiVersion: countersign/v1
kind: Agent
metadata: { name: ${name} }
spec:
  purpose: Resolve refunds.
  owner: { team: ${team} }
`;
