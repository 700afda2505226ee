// The findings of agent cards, one line each.
import type { FormatRule } from '../../rule';
import type { Card } from '../read-card';
import { noSecurity } from './no-security';
import { plainHttp } from './plain-http';
import { oldFlow, unknownScheme } from './schemes';

export const rules: readonly FormatRule<Card>[] = [
  noSecurity,
  plainHttp,
  unknownScheme,
  oldFlow,
];
