// The documentation of the shipped requirements. Each example is executed with only its requirement switched on, so that it shows what it is about.
import { STANDARDS } from '../../generated/standards';
import { codeOf, type ShippedRequirement, type ShippedStandard } from '../../standards/types';
import type { Severity } from '../../finding';
import type { CodeDoc } from '../../rule';
import { agent } from '../examples';

export const standardDocs: readonly CodeDoc[] = STANDARDS.flatMap((standard) => standard.requirements.map((requirement) => docOf(standard, requirement)));

function docOf(standard: ShippedStandard, requirement: ShippedRequirement): CodeDoc {
  const code = codeOf(standard.name, requirement.id);
  const severity = requirement.severity as Severity;
  const only = `#- .countersign.yaml\nstandards: { ${standard.name}: on }\nseverity: { "*": off, ${JSON.stringify(code)}: ${severity} }\n`;
  const example = (text: string): string => only + (text.startsWith('#- ') ? `${text}\n` : agent(text, 'refund-assistant', /^owner:/m.test(text) ? '' : undefined));
  const references = requirement.references.length > 0 ? `\n\nReferences: ${requirement.references.join('; ')}.` : '';
  const fix = requirement.fix === null ? '' : `\n\nThe fix inserts the snippet \`${requirement.fix}\`.`;
  return { code, severity, title: requirement.message.replace(/\.$/, ''), doc: `${requirement.why}${references}${fix}`, bad: example(requirement.bad), good: example(requirement.good) };
}
