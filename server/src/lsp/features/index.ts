// All features that there are, registered with their adapters.
import { registerActions } from './actions';
import { registerCompletion } from './completion';
import type { FeatureContext } from './context';
import { registerHierarchy } from './hierarchy';
import { registerHints } from './hints';
import { registerHover } from './hover';
import { registerMoves } from './moves';
import { registerNames } from './names';
import { registerStructure } from './structure';
import { registerSymbols } from './symbols';

export function registerFeatures(context: FeatureContext): void {
  for (const register of [registerHover, registerCompletion, registerSymbols, registerStructure, registerActions, registerNames, registerMoves, registerHierarchy, registerHints]) register(context);
}
