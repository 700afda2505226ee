// Documentation of the `condition/...` codes.
import { catalog, rule } from '../examples';
import type { CodeDoc } from '../../rule';

const REFUND = catalog('tools:\n  payments/refund:\n    capabilities: [changes-state]\n    input:\n      type: object\n      required: [amount]\n      properties:\n        amount: { type: number }\n        reason: { type: string }');
const deny = (when: string): string => REFUND + rule(`id: refunds\neffect: deny\nactions: [call]\nresources: ["tool:payments/refund"]\nwhen: ${when}`);

export const conditionDocs: readonly CodeDoc[] = [
  {
    code: 'condition/syntax',
    severity: 'error',
    title: 'A condition that cannot be read',
    doc: 'The text is not an expression of CEL (the Common Expression Language). Operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `||`, `!`, `in`, `+`, `-`, `*`, `/`, `%`, `? :`; text stands in quotes. A rule whose condition cannot be read is malformed: as an `allow` it never applies, with another effect it applies as if it had no condition.',
    bad: deny('args.amount >'),
    good: deny('args.amount > 500'),
  },
  {
    code: 'condition/unknown-field',
    severity: 'error',
    title: 'A field that does not exist',
    doc: 'The condition reads a field that no request can have here: not among the fields of the root, or not in the `input` of the tools that the rule speaks of. Reading it is always an error, and asking for it with `has()` always false.',
    bad: deny('args.amont > 500'),
    good: deny('args.amount > 500'),
  },
  {
    code: 'condition/type',
    severity: 'error',
    title: 'Values that do not go together',
    doc: 'An operator or a function gets values that it cannot work with, the condition is not true or false, a function does not exist, or a fractional number is compared with one that is always whole (which is never equal). Whole and fractional numbers are otherwise one kind of number.',
    bad: deny('args.amount > "500"'),
    good: deny('args.amount > 500'),
  },
  {
    code: 'condition/enum',
    severity: 'error',
    title: 'A text that the field can never have',
    doc: 'The field has a fixed set of values, and the text that it is compared with is none of them, so the comparison always has the same outcome.',
    bad: deny('agent.lifecycle == "prod"'),
    good: deny('agent.lifecycle == "production"'),
  },
  {
    code: 'condition/unguarded-field',
    severity: 'warning',
    title: 'A field that may be missing, read without asking',
    doc: 'Reading a field that a request does not have is an error, and a rule that denies, asks for approval or obliges applies on an error. Ask first with `has()`, unless this is meant.',
    bad: deny('args.reason == "test"'),
    good: deny('has(args.reason) && args.reason == "test"'),
  },
  {
    code: 'condition/unsafe-pattern',
    severity: 'warning',
    title: 'A pattern that is not evaluated',
    doc: '`matches()` takes RE2 patterns of at most 1,000 characters; they are matched in linear time. Look-ahead, look-behind and back-references do not exist there. Such a pattern is an error when the condition is evaluated.',
    bad: deny(`'has(args.reason) && args.reason.matches("(?=x)y")'`),
    good: deny(`'has(args.reason) && args.reason.matches("^x.*y$")'`),
  },
];
