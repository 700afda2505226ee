// The policy that the examples of the findings are made of.

export const policyFor = (action: string, resource = 'resource == AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/refunds"'): { readonly path: string; readonly text: string } => ({
  path: 'policies/refunds.cedar',
  text: `permit(
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"${action}",
  ${resource}
);
`,
});
