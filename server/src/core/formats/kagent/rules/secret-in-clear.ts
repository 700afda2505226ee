// A secret in a resource: an environment value of the deployment, a header of a server.
import { secretRule } from '../../secret-rule';

const example = (env: string): string => `apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata: { name: cluster-helper, namespace: ops }
spec:
  description: Looks after the cluster.
  declarative:
    modelConfig: default
    deployment: { env: [ { name: TICKETS_API_KEY, ${env} } ] }
`;

export const secretInClear = secretRule('kagent', 'Keep it in a Secret of the cluster and name that with `valueFrom.secretKeyRef`.',
  { path: 'agents/cluster.yaml', text: example('value: 9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'agents/cluster.yaml', text: example('valueFrom: { secretKeyRef: { name: tickets, key: token } }') });
