// A rule whose reason says that a person confirms first, and which lets the command run.
import type { FormatRule } from '../../rule';
import { patternText, type PrefixRules } from '../prefix-rules';

const example = (decision: string): { path: string; text: string } => ({
  path: '.codex/rules/default.rules', text: `prefix_rule(pattern = ["docker", "compose"], decision = "${decision}", justification = "It changes what runs: confirm first")\n`,
});

/** A reason that can mean nothing but a question beforehand; "no need to confirm" does not. */
const ASKS = /\b(?:confirm|ask(?: the user)?|get approval) (?:first|before)\b|\b(?:requires?|needs?) (?:explicit |user |human |manual )*(?:confirmation|approval)\b|\bmust be (?:confirmed|approved)\b/i;
const NOT = /\b(?:no|not|never|without|n't)\b[^.;]{0,20}\b(?:confirm|ask|approv|need|requir)/i;

export const saysOtherwise: FormatRule<PrefixRules> = {
  code: 'format/codex/says-otherwise',
  severity: 'warning',
  title: 'A rule that allows what its reason says to confirm',
  documentation: `The decision is \`allow\`, so the command runs without a question, and the justification says that somebody confirms first. The justification is only shown; the decision counts.

**Evidence:** a public rule file allows \`docker compose\` with the words "confirm first".

**Mend it:** write \`prompt\`, or correct the justification.`,
  bad: example('allow'),
  good: example('prompt'),
  check({ rules }, report) {
    for (const { pattern, effect, decision, justification } of rules) {
      if (effect !== 'allow' || !justification || !ASKS.test(justification.value) || NOT.test(justification.value)) continue;
      report({ span: decision?.span ?? justification.span, message: `\`${patternText(pattern)}\` runs without a question, and its justification says that it is confirmed first. Write \`prompt\`, or correct the justification.` });
    }
  },
};
