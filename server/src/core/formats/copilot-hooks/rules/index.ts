// The findings of hooks, one line each.
import type { FormatRule } from '../../rule';
import type { HooksSubject } from '../index';
import { fetchesAndRuns } from './fetches-and-runs';
import { noCommand } from './no-command';
import { secretInClear } from './secret-in-clear';
import { unknownEvent } from './unknown-event';

export const rules: readonly FormatRule<HooksSubject>[] = [unknownEvent, noCommand, fetchesAndRuns, secretInClear];
