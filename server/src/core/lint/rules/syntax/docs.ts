// Documentation of the `syntax/...` codes.
import { agent, rule } from '../examples';
import type { CodeDoc } from '../../rule';

const frontmatter = (description: string): string => `#- .github/agents/triage.agent.md\n---\ndescription: ${description}\ntools: [read, search]\n---\nYou sort issues.\n`;

export const syntaxDocs: readonly CodeDoc[] = [
  {
    code: 'syntax/yaml',
    severity: 'error',
    title: 'Not valid YAML',
    doc: 'The text cannot be read as YAML 1.2. What stands around the fault is still read and checked.\n\nThe usual causes: lines of one map or list that do not begin in the same column, a tab as indentation, a quote or bracket that is not closed, a `: ` inside text that is not quoted.',
    bad: '#- agents/refund.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec:\n  purpose: Resolve refunds: quickly.\n  owner: { team: payments }\n',
    good: '#- agents/refund.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec:\n  purpose: "Resolve refunds: quickly."\n  owner: { team: payments }\n',
  },
  {
    code: 'syntax/unquoted',
    severity: 'error',
    title: 'Text that YAML silently takes for something else',
    doc: 'Some characters mean something to YAML at the beginning of plain text, or within it, and the document then says another thing than it seems to:\n\n- `!x` is a tag, and the exclusion is lost; a lone `! x` drops the `!`, so a condition means its opposite.\n- `*` or `*x` is an alias.\n- ` #` begins a comment, so the rest of a condition is cut off.\n\nQuote the text.',
    bad: rule('id: refunds\neffect: deny\nroles: [!clerk]\nactions: [call]'),
    good: rule('id: refunds\neffect: deny\nroles: ["!clerk"]\nactions: [call]'),
  },
  {
    code: 'syntax/duplicate-key',
    severity: 'error',
    title: 'A key that stands twice',
    doc: 'A map holds the same key twice; only one of the two would count, and which one differs from tool to tool. Remove or rename one.',
    bad: rule('id: refunds\neffect: deny\nactions: [call]\nactions: [read]'),
    good: rule('id: refunds\neffect: deny\nactions: [call, read]'),
  },
  {
    code: 'syntax/json',
    severity: 'error',
    title: 'Not valid JSON',
    doc: 'The text cannot be read as JSON. Our own documents are strict JSON (no comments, no trailing commas) when the file ends in `.json`; files of other tools may hold comments where the tool allows them.',
    bad: '#- agents/refund.agent.json\n{ "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "refund" },\n  "spec": { "purpose": "Resolve refunds.", "owner": { "team": "payments", } } }\n',
    good: '#- agents/refund.agent.json\n{ "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "refund" },\n  "spec": { "purpose": "Resolve refunds.", "owner": { "team": "payments" } } }\n',
  },
  {
    code: 'syntax/frontmatter',
    severity: 'error',
    title: 'Frontmatter that is not valid YAML',
    doc: 'The block between the `---` lines of an agent file is not valid YAML, most often because text with a `: ` in it is not quoted. Tools skip such a file, or the broken part of it, without a word. What can be read of it is read here all the same.',
    bad: frontmatter('Sorts issues: by component and severity'),
    good: frontmatter('"Sorts issues: by component and severity"'),
  },
  {
    code: 'syntax/toml',
    severity: 'error',
    title: 'Not valid TOML',
    doc: 'The text cannot be read as TOML 1.0, so the tool that owns the file would not read it either.',
    unshown: 'reported for the TOML files of other tools only',
  },
  {
    code: 'syntax/too-large',
    severity: 'error',
    title: 'A file that is too large or too deeply nested to be read',
    doc: 'Files of more than 2,000,000 characters or 50,000 lines, with more than 300,000 signs of YAML (line ends, colons, brackets, ...) or 2,000 documents, nested more than 64 levels deep, or whose aliases stand for more than 200,000 values, are named and left alone, so that one file cannot stall the editor. Split the file.\n\nOf a document with more than 1,000 faults of syntax the first are shown, and it counts as one that does not parse.',
    bad: `#- agents/refund.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund, annotations: { deep: ${'['.repeat(70)}${']'.repeat(70)} } }\nspec: { purpose: Resolve refunds., owner: { team: payments } }\n`,
    good: agent(''),
  },
];
