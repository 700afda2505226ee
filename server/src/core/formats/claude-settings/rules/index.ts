// The findings of Claude Code's settings, one line each.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { allProjectServers } from './all-project-servers';
import { broadGrant } from './broad-grant';
import { bypassMode } from './bypass-mode';
import { hookMatcher } from './hook-matcher';
import { ignoredRule } from './ignored-rule';
import { ignoredSetting } from './ignored-setting';
import { interpreterEscape } from './interpreter-escape';
import { neverConsulted } from './never-consulted';
import { neverMatches } from './never-matches';
import { redirectedEndpoint } from './redirected-endpoint';
import { secretInClear } from './secret-in-clear';
import { unknownTool } from './unknown-tool';
import { unreachableRule } from './unreachable-rule';
import { weakDenial } from './weak-denial';
import { wrongMode } from './wrong-mode';

export const rules: readonly FormatRule<SettingsSubject>[] = [
  wrongMode,
  bypassMode,
  ignoredSetting,
  ignoredRule,
  neverConsulted,
  neverMatches,
  unknownTool,
  unreachableRule,
  broadGrant,
  interpreterEscape,
  weakDenial,
  hookMatcher,
  secretInClear,
  redirectedEndpoint,
  allProjectServers,
];
