// The people behind `from`: who can really approve.
import { peopleOfAll, type Catalog } from '../../core/model';
import type { Span } from '../../core/text';
import { AGENTS, CATALOG, type FileFacts, type Workspace } from '../../core/workspace';
import { codes } from '../names/words';
import type { Hint } from '../types';

const SHOWN = 2;

export function peopleHints(workspace: Workspace, facts: FileFacts, within: (span: Span) => boolean): readonly Hint[] {
  const catalog: Catalog = workspace.shared(CATALOG);
  const found: Hint[] = [];
  for (const document of facts.documents) {
    const agent = document.kind === 'Agent' ? workspace.shared(AGENTS).ofDocument(facts.path, document.index) : null;
    const owners = new Set(peopleOfAll((agent?.owner?.teams ?? []).map((team) => `team:${team}`), catalog).people);
    for (const { kind, name, span, path } of document.references) {
      if (kind !== 'party' || !path.includes('from') || name === 'user' || name.startsWith('person:') || !within(span)) continue;
      const { people, complete } = peopleOfAll([name], catalog);
      if (!complete) continue;
      const left = people.filter((person) => !owners.has(person));
      const text = left.length === 0 ? 'nobody' : left.slice(0, SHOWN).join(', ') + (left.length > SHOWN ? `, ${left.length - SHOWN} more` : '');
      const kept = people.length - left.length;
      const tooltip = [left.length > 0 ? `Can approve: ${codes(left)}` : 'Nobody of this team can approve.', ...(kept > 0 ? [`${kept} ${kept === 1 ? 'person belongs' : 'people belong'} to the owner team, whose people cannot approve: ${codes(people.filter((person) => owners.has(person)))}`] : [])];
      found.push({ offset: span.end, text, kind: 'people', tooltip: tooltip.join('  \n'), before: true });
    }
  }
  return found;
}
