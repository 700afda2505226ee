// The gateway that the examples of the findings are made of.

export const gatewayWith = (...rules: readonly string[]): { readonly path: string; readonly text: string } => ({
  path: 'gateway/config.yaml',
  text: `mcp:
  port: 3000
  policies:
    mcpAuthentication: { issuer: "https://sso.example.com", audiences: [tools] }
    mcpAuthorization:
      rules:
${rules.map((rule) => `        - ${rule}\n`).join('')}  targets:
    - name: tickets
      mcp: { host: "https://tickets.example.com/mcp" }
`,
});
