// The formats, one line each. A file is of the first that recognises it.
import type { ForeignFile, Format } from './format';
import type { CedarEngine } from './cedar';
import type { FormatRuleInfo } from './rule';
import { a2a } from './a2a';
import { acs } from './acs';
import { adk } from './adk';
import { agentcore } from './agentcore';
import { agentgateway } from './agentgateway';
import { agt } from './agt';
import { codex } from './codex';
import { crewai } from './crewai';
import { dockerAgent } from './docker-agent';
import { foundry } from './foundry';
import { gemini } from './gemini';
import { ghAw } from './gh-aw';
import { kagent } from './kagent';
import { oracle } from './oracle';
import { backstage } from './backstage';
import { claudeAgent } from './claude-agent';
import { claudeSettings } from './claude-settings';
import { codeowners } from './codeowners';
import { copilotHooks } from './copilot-hooks';
import { mcp } from './mcp';
import { vscodeAgent } from './vscode-agent';

export const formats: readonly Format[] = [
  codeowners,
  backstage,
  claudeAgent,
  claudeSettings,
  copilotHooks,
  mcp,
  vscodeAgent,
  a2a,
  acs,
  adk,
  agentcore,
  agentgateway,
  agt,
  codex,
  crewai,
  dockerAgent,
  foundry,
  gemini,
  ghAw,
  kagent,
  oracle,
];

/** Every finding of every format. */
export const formatRules: readonly FormatRuleInfo[] = formats.flatMap((format) => format.rules);

/** By the path alone: false means that no format could be in the file, so that it need not be read. */
export const mayBeForeign = (path: string): boolean => formats.some((format) => format.canBe(path));

/** The format of a file, or null. `text` may be a function, called only where a path leaves it open. */
export function recogniseFile(path: string, text: string | (() => string)): Format | null {
  let known: string | null = typeof text === 'string' ? text : null;
  const read = (): string => (known ??= typeof text === 'string' ? text : text());
  return formats.find((format) => format.canBe(path) && format.recognise(path, read)) ?? null;
}

/** What a file tells, or null where no format recognises it. `off`: ids of formats that are switched off. */
export function readForeign(path: string, text: string, off: ReadonlySet<string> = new Set(), cedar: CedarEngine | null = null): ForeignFile | null {
  const format = recogniseFile(path, text);
  return format && !off.has(format.id) ? format.read(path, text, cedar) : null;
}
