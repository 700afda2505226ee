// A secret in a gateway's file, outside what configures a server: the key of a provider, the keys that callers show.
import { secretRule } from '../../secret-rule';
import { gatewayWith } from './example';

const example = (key: string): { readonly path: string; readonly text: string } => {
  const { path, text } = gatewayWith('\'mcp.tool.target == "tickets"\'');
  return { path, text: text.replace('    mcpAuthorization:', () => `    backendAuth: { key: ${key} }\n    mcpAuthorization:`) };
};

export const secretInClear = secretRule('agentgateway', 'Write `$NAME` and set the variable where the gateway is started.', example('9f2c7b41d8e65a03c1f4b7e29d8a6053'), example('$TICKETS_KEY'));
