// A hook that runs nothing.
import { resolve, textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { HooksSubject } from '../index';

const COMMANDS = ['command', 'bash', 'powershell', 'windows', 'linux', 'osx', 'url', 'prompt'];

export const noCommand: FormatRule<HooksSubject> = {
  code: 'format/copilot-hooks/no-command',
  severity: 'warning',
  title: 'A hook that runs nothing',
  documentation: `A hook of type \`command\` says what to run: \`command\` (or \`windows\`, \`linux\`, \`osx\`) for Visual Studio Code, \`bash\` and \`powershell\` for Copilot. One that says neither
is passed over, and what it was to stop goes through.

**Evidence:** Visual Studio Code's and GitHub Copilot's pages on hooks.

**Mend it:** say what to run.`,
  bad: { path: '.github/hooks/guard.json', text: '{ "version": 1, "hooks": { "preToolUse": [{ "type": "command", "script": "./guard.sh" }] } }' },
  good: { path: '.github/hooks/guard.json', text: '{ "version": 1, "hooks": { "preToolUse": [{ "type": "command", "bash": "./guard.sh" }] } }' },
  check({ root }, report) {
    const events = valueOf(root, 'hooks');
    if (events?.kind !== 'map') return;
    for (const { key, value } of events.pairs) {
      const list = resolve(value);
      for (const item of list?.kind === 'seq' ? list.items : []) {
        const map = resolve(item);
        if (map?.kind !== 'map' || valueOf(map, 'hooks') || COMMANDS.some((name) => textOf(valueOf(map, name)) !== null)) continue;
        report({ span: spanOf(map.pairs[0]?.key ?? map), message: `This hook for \`${key.text}\` does not say what to run, so it is passed over. Write \`command\`, or \`bash\` and \`powershell\` for Copilot.` });
      }
    }
  },
};
