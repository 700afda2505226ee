// A policy that does not fit the schema beside it.
import type { FormatRuleInfo } from '../../rule';
import { SCHEMA } from '../schema';
import { policyFor } from './example';

const beside = (action: string): { readonly path: string; readonly text: string } => {
  const { path, text } = policyFor(action);
  return { path, text: `${text}#- policies/refunds.cedarschema
namespace AgentCore {
  entity OAuthUser;
  entity Gateway;
  action "Refunds___issue" appliesTo { principal: [OAuthUser], resource: [Gateway], context: { input: { amount: Long } } };
}
` };
};

/** Found with the schema, which is a file of its own. */
export const schemaRules: readonly FormatRuleInfo[] = [
  {
    code: SCHEMA,
    severity: 'error',
    title: 'A policy that the schema refuses',
    documentation: `A gateway has a schema, made from the tools behind it, and refuses policies that do not fit: tools that are not there, parameters of another name or type. Where a schema lies beside the policies
(\`NAME.cedarschema\` beside \`NAME.cedar\`, else \`schema.cedarschema\`; also in JSON, as \`.cedarschema.json\`), each statement is held against it. A schema that cannot be read is left alone.

**Evidence:** the documentation of AgentCore Policy: a policy must validate against the schema of its gateway. The message is that of Cedar's validator.

**Mend it:** correct the name, or take the schema of the gateway anew.`,
    bad: beside('Refunds___isue'),
    good: beside('Refunds___issue'),
  },
];
