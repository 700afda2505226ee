// Agents in production that speak to people, and nobody is named who answers for what they say.
import type { CodeDoc, Rule } from '../../rule';
import { agent } from '../examples';
import { list, specOf, table, text } from '../values';

const spec = 'lifecycle: production\noutputs: [email]';

const DOC: CodeDoc = {
  code: 'ownership/no-output-owner',
  severity: 'warning',
  title: 'Nobody answers for what the agent says',
  doc: 'The agent is in production and answers through channels, and `owner.outputs` does not say which team answers for what it says and decides. The team that runs an agent is often not the one that can judge its answers: a refund is the customer service\'s word, whoever built the agent.\n\nName that team, the same as `team` where it is so.',
  bad: agent(spec),
  good: agent(spec, 'refund-assistant', 'owner: { team: payments, outputs: payments }'),
};

export const outputOwner: Rule = {
  codes: [DOC],
  check({ facts, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent') continue;
      const { owner, lifecycle, outputs } = specOf(document.value);
      if (lifecycle !== 'production' || list(outputs).length === 0 || text(table(owner).team) === null || Object.hasOwn(table(owner), 'outputs')) continue;
      report({ code: DOC.code, span: document.places.key('/spec/owner') ?? document.at, message: 'This agent is in production and answers through channels, but nobody is named who answers for what it says. Add `outputs` to `owner`, with the team that does.' });
    }
  },
};
