// Beside a gate: who approved it, and whether that still holds.
import type { Span } from '../../core/text';
import { AGENTS, type FileFacts, type Workspace } from '../../core/workspace';
import { gateStates } from '../ownership/approvals';
import type { Hint } from '../types';

export function approvalHints(workspace: Workspace, facts: FileFacts, within: (span: Span) => boolean): readonly Hint[] {
  const found: Hint[] = [];
  for (const document of facts.documents) {
    const agent = document.kind === 'Agent' ? workspace.shared(AGENTS).ofDocument(facts.path, document.index) : null;
    if (!agent || agent.gates.length === 0) continue;
    const places = agent.gates.map((gate) => document.places.value(`/spec/approvals/${gate.index}/gate`));
    if (!places.some((place) => place && within(place))) continue;
    gateStates(workspace, agent).forEach(({ brief, facts: lines }, index) => {
      const place = places[index];
      if (place && within(place)) found.push({ offset: place.end, text: brief, kind: 'approvals', tooltip: lines.join('  \n'), before: true });
    });
  }
  return found;
}
