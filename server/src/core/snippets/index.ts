// Snippet libraries: syntax, expansion, where a snippet belongs, and which libraries a workspace uses.
export { parseBody, VARIABLES, type Choice, type ParsedBody, type Part, type SnippetFault } from './syntax';
export { expand, valuesAt, type Expanded, type Values } from './expand';
export { readSnippets, type Snippet, type SnippetFile } from './read-file';
