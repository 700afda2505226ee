// What the kinds of names are called.
import type { NameKind } from '../../core/documents';

export const WORD: Readonly<Record<NameKind, string>> = {
  team: 'team', oncall: 'on-call', person: 'person', role: 'role', environment: 'environment', region: 'region', server: 'tool server', tool: 'tool', data: 'data source', model: 'model',
  channel: 'channel', system: 'system', queue: 'queue', integration: 'integration', agent: 'agent', policy: 'policy', rule: 'rule', variable: 'variable', standard: 'standard', requirement: 'requirement',
  policytest: 'policy test', library: 'snippet library', snippet: 'snippet', catalog: 'catalog',
  file: 'file', party: 'team or person', action: 'action', resource: 'resource', code: 'code', format: 'format',
};

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

/** `1 rule`, `3 rules` */
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
