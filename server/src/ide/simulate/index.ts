// The simulator: what can be asked, what would be decided, and what one can take away from it.
export { agentsOf, choicesOf, hasAgent, likelyAgent, type FolderChoices } from './choices';
export { requestOf, simulate, type SimulateOptions } from './decide';
export { copyOf } from './copy';
export { saveTest, testFiles, type SavedTest, type TestFiles } from './save-test';
