// The answers of `who` and `can`: by name, and in words.
export { namingAgents } from './naming';
export { canText, whoText } from './text';
