// Models that the Catalog forbids or is about to.
import { pattern } from '../../../text';
import type { Queries } from '../../../workspace';
import { agent, catalog } from '../examples';
import { table, text } from '../values';
import type { CodeDoc, Rule } from '../../rule';

const MODELS = catalog('models:\n  "openai/*": { status: approved }\n  openai/gpt-3.5-turbo: { status: forbidden }\n  openai/gpt-4o: { status: deprecated }');

const FORBIDDEN: CodeDoc = {
  code: 'model/forbidden',
  severity: 'error',
  title: 'A model that the Catalog forbids',
  doc: 'An entry of `models` in the Catalog that matches this model has the status `forbidden`, which wins over every other entry that matches. Choose a model that is approved.',
  bad: MODELS + agent('model: openai/gpt-3.5-turbo'),
  good: MODELS + agent('model: openai/gpt-5'),
};
const DEPRECATED: CodeDoc = {
  code: 'model/deprecated',
  severity: 'warning',
  title: 'A model that the Catalog deprecates',
  doc: 'An entry of `models` in the Catalog that matches this model has the status `deprecated`: it may still be used, but not for long. Plan the change to an approved model.',
  bad: MODELS + agent('model: openai/gpt-4o'),
  good: MODELS + agent('model: openai/gpt-5'),
};

export const modelStatus: Rule = {
  codes: [FORBIDDEN, DEPRECATED],
  check({ facts, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent') continue;
      for (const reference of document.references) {
        if (reference.kind !== 'model' || reference.pattern || !queries.declares('model')) continue;
        const found = statusOf(queries, reference.name);
        if (found?.status === 'forbidden') report({ code: FORBIDDEN.code, span: reference.span, message: `The model \`${reference.name}\` is forbidden by the Catalog (\`${found.by}\`). Choose a model that is approved.` });
        else if (found?.status === 'deprecated') report({ code: DEPRECATED.code, span: reference.span, message: `The model \`${reference.name}\` is deprecated by the Catalog (\`${found.by}\`). Plan the change to an approved model.` });
      }
    }
  },
};

/** forbidden > deprecated > approved, over all entries that match. */
function statusOf(queries: Queries, name: string): { status: string; by: string } | null {
  let found: { status: string; by: string } | null = null;
  for (const entry of queries.all('model')) {
    const status = text(table(entry.value).status);
    if (status === null || !pattern(entry.name).matches(name)) continue;
    if (status === 'forbidden' || found === null || (status === 'deprecated' && found.status === 'approved')) found = { status, by: entry.name };
    if (status === 'forbidden') break;
  }
  return found;
}
