// The findings of MCP configuration, one line each.
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';
import { headersHelper } from './headers-helper';
import { ignoredKey } from './ignored-key';
import { plainHttp } from './plain-http';
import { reservedName } from './reserved-name';
import { sandboxAutoApproves } from './sandbox-auto-approves';
import { secretInClear } from './secret-in-clear';
import { undeclaredInput } from './undeclared-input';
import { unknownType } from './unknown-type';
import { unpinnedPackage } from './unpinned-package';
import { urlWithoutType } from './url-without-type';

export const rules: readonly FormatRule<McpSubject>[] = [
  ignoredKey,
  urlWithoutType,
  unknownType,
  reservedName,
  secretInClear,
  plainHttp,
  unpinnedPackage,
  headersHelper,
  undeclaredInput,
  sandboxAutoApproves,
];

/** Those that hold wherever servers are configured, as in an agent's own `mcp-servers`. */
export const serverRules: readonly FormatRule<McpSubject>[] = [secretInClear, plainHttp, unpinnedPackage, headersHelper];
