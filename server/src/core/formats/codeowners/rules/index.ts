// The findings of CODEOWNERS, one line each.
import type { FormatRule } from '../../rule';
import type { Skipped } from '../read';
import { skippedLine } from './skipped-line';

export const rules: readonly FormatRule<{ readonly skipped: readonly Skipped[] }>[] = [skippedLine];
