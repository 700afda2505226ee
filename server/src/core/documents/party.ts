// Who can act or decide: a team's name, a team's `oncall`, `team:x`, `person:y`, or `user`.

export interface Party {
  /** `any`: a bare name, that of a team or of its on-call */
  readonly kind: 'any' | 'team' | 'person' | 'user';
  readonly name: string;
  /** where the name begins in the text */
  readonly offset: number;
}

export function parseParty(text: string): Party {
  if (text === 'user') return { kind: 'user', name: 'user', offset: 0 };
  if (text.startsWith('team:')) return { kind: 'team', name: text.slice(5), offset: 5 };
  if (text.startsWith('person:')) return { kind: 'person', name: text.slice(7), offset: 7 };
  return { kind: 'any', name: text, offset: 0 };
}
