// Hooks under an event that never happens.
import { nearest } from '../../../text';
import { valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { HooksSubject } from '../index';

const EVENTS: readonly string[] = ['SessionStart', 'SessionEnd', 'UserPromptSubmit', 'UserPromptSubmitted', 'PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'PreCompact', 'SubagentStart', 'SubagentStop', 'AgentStop', 'Stop', 'ErrorOccurred', 'PermissionRequest', 'Notification'];
/** VS Code begins the names with a large letter, Copilot with a small one. */
const KNOWN: ReadonlySet<string> = new Set(EVENTS.flatMap((event) => [event, event[0]?.toLowerCase() + event.slice(1)]));

export const unknownEvent: FormatRule<HooksSubject> = {
  code: 'format/copilot-hooks/unknown-event',
  severity: 'warning',
  title: 'There is no such event, so the hook never runs',
  documentation: `Hooks stand under the name of an event. Under a name that is no event they never run, and what they were to stop or record goes by without them. Only names that are
close to one of an event are reported; tools gain events.

**Evidence:** Visual Studio Code's and GitHub Copilot's pages on hooks: \`PreToolUse\`, \`PostToolUse\` and so on, at Copilot \`preToolUse\`, \`postToolUse\`.

**Mend it:** write the name of the event.`,
  bad: { path: '.github/hooks/guard.json', text: '{ "version": 1, "hooks": { "preToolUsage": [{ "type": "command", "bash": "./guard.sh" }] } }' },
  good: { path: '.github/hooks/guard.json', text: '{ "version": 1, "hooks": { "preToolUse": [{ "type": "command", "bash": "./guard.sh" }] } }' },
  check({ root }, report) {
    const events = valueOf(root, 'hooks');
    if (events?.kind !== 'map') return;
    for (const { key } of events.pairs) {
      if (KNOWN.has(key.text)) continue;
      const meant = nearest(key.text, KNOWN);
      if (meant === null) continue;
      const span = spanOf(key);
      report({ span, message: `No event is called \`${key.text}\`, so these hooks never run. \`${meant}\` may be meant.`, fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span, newText: JSON.stringify(meant) }] }] });
    }
  },
};
