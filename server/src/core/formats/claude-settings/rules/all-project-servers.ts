// Every server that anybody adds is started without being asked about.
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { isTrue } from '../settings';

export const allProjectServers: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/all-project-servers',
  severity: 'information',
  title: 'Servers of the project start without being asked about',
  documentation: `Claude Code asks before it starts a server of \`.mcp.json\` for the first time. With \`enableAllProjectMcpServers\` it does not: whoever gets a line into \`.mcp.json\` decides
what runs on the machine of everybody who pulls.

**Evidence:** Claude Code's page on settings; the setting stands in public repositories beside grants for all of a server's tools.

**Mend it:** list the servers that are meant under \`enabledMcpjsonServers\`.`,
  bad: { path: '.claude/settings.json', text: '{ "enableAllProjectMcpServers": true }' },
  good: { path: '.claude/settings.json', text: '{ "enabledMcpjsonServers": ["github"] }' },
  check({ root }, report) {
    const pair = pairOf(root, 'enableAllProjectMcpServers');
    if (pair && isTrue(pair.value)) report({ span: spanOf(pair.key), message: 'Every server that is added to `.mcp.json` starts without being asked about. List those that are meant under `enabledMcpjsonServers`.' });
  },
};
