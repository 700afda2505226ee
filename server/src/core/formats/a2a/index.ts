// Agent cards of the A2A protocol, 0.3 and 1.0: what an agent says of itself to those that call it.
import { runRules } from '../rule';
import { isJson, syntaxProblems } from '../document';
import type { ForeignFile, Format } from '../format';
import { cardOf, readCard } from './read-card';
import { rules } from './rules';

export const a2a: Format = {
  id: 'a2a',
  title: 'A2A agent cards',
  rules,
  canBe: (path) => isJson(path) && /(?:^|\/)\.well-known\/agent(?:-card)?\.json$|agent[-_ ]?card|(?:^|\/)agent[-_]cards?\/|_agent\.json$/i.test(path),
  recognise: (path, text) => text().includes('"skills"') && cardOf(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = cardOf(path, text);
    const card = root && readCard(root.map);
    return { format: 'a2a', problems: root && card ? [...syntaxProblems([root]), ...runRules(rules, card)] : [], agents: card ? [card.agent] : [], servers: [] };
  },
};
