// The findings of gateway configuration, one line each.
import type { FormatRule } from '../../rule';
import type { Gateway } from '../read-config';
import { allowsByDefault } from './allows-by-default';
import { denyFailsOpen } from './deny-fails-open';

export const rules: readonly FormatRule<Gateway>[] = [
  allowsByDefault,
  denyFailsOpen,
];
