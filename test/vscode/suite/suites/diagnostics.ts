// Findings stand at their exact places, follow each edit, and stay away from files that are not ours.
import { equal } from '../support/check';
import { lines, untilFindings } from '../support/findings';
import { rangeOf, replace, show, write } from '../support/scratch';
import { agent, CATALOG, policy } from '../support/texts';

describe('diagnostics', () => {
  before(() => write('suite.catalog.yaml', CATALOG));

  it('stand at the value, the key and the name, and go when they are mended', async () => {
    // The emoji is two UTF-16 units and one character.
    const text = agent('suite-faulty', '  lifecycle: produktion\n  autnomy: act\n').replace('{ team: suite-team }', '{ x-note: "🙂", team: suite-teem }');
    const document = await show('suite-faulty.agent.yaml', text);
    const enumeration = ['schema/enum', 'Error', rangeOf(document, 'produktion')] as const;
    const unknown = ['schema/unknown-key', 'Error', rangeOf(document, 'autnomy')] as const;
    const team = ['reference/unknown-team', 'Warning', rangeOf(document, 'suite-teem')] as const;
    await untilFindings(document, [enumeration, unknown, team]);
    await replace(document, 'produktion', 'production');
    await untilFindings(document, [unknown, team]);
    await replace(document, 'suite-teem', 'suite-team');
    await untilFindings(document, [unknown]);
    await replace(document, 'autnomy', 'autonomy');
    await untilFindings(document, []);
  });

  it('move with the text above them', async () => {
    const document = await show('suite-moving.agent.yaml', agent('suite-moving', '  lifecycle: produktion\n'));
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    await replace(document, 'apiVersion', '# a line\n# and another\napiVersion');
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
  });

  it('stand at the field within a condition', async () => {
    const document = await show('suite-plain.policy.yaml', policy('suite-plain', 'agent.lifecycel == "production"'));
    await untilFindings(document, [['condition/unknown-field', 'Error', rangeOf(document, 'lifecycel')]]);
  });

  it('stand at the field within a block of lines', async () => {
    const document = await show('suite-block.policy.yaml', policy('suite-block', '|\n        agent.id == "a" &&\n          agent.autonomi == "act"'));
    await untilFindings(document, [['condition/unknown-field', 'Error', rangeOf(document, 'autonomi')]]);
  });

  it('follow a change of another file', async () => {
    const document = await show('suite-other.agent.yaml', agent('suite-other').replace('suite-team', 'suite-later'));
    await untilFindings(document, [['reference/unknown-team', 'Warning', rangeOf(document, 'suite-later')]]);
    await write('suite-later.catalog.yaml', CATALOG.replace('suite-team', 'suite-later'));
    await untilFindings(document, []);
  });

  it('are given for our documents under other names, which keep their language', async () => {
    const document = await show('suite-named-otherwise.yaml', agent('suite-otherwise', '  lifecycle: produktion\n'));
    equal(document.languageId, 'yaml');
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
  });

  it('are given for JSON', async () => {
    const spec = { purpose: 'Shows findings in JSON.', owner: { team: 'suite-team' }, lifecycle: 'produktion' };
    const document = await show('suite-json.agent.json', JSON.stringify({ apiVersion: 'countersign/v1', kind: 'Agent', metadata: { name: 'suite-json' }, spec }, null, 2));
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, '"produktion"')]]);
  });

  it('are not given for files of others', async () => {
    const foreign = await show('suite-foreign.yaml', 'kind: Agent\nspec: { lifecycle: produktion }\n');
    // Ours comes later and is answered; by then the other was looked at as well.
    const document = await show('suite-witness.agent.yaml', agent('suite-witness', '  lifecycle: produktion\n'));
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    equal(lines(foreign.uri), []);
  });
});
