// Words and marks of changes, as tree, comments, lenses and problems say them.
import type { ReviewChange, ReviewKind } from '../../../server/src/protocol';

export const KINDS: readonly ReviewKind[] = ['widened', 'narrowed', 'approval-changed', 'obligations-changed', 'unknown'];

export const GLYPHS: Readonly<Record<ReviewKind, string>> = { widened: '▲', narrowed: '▼', 'approval-changed': '◆', 'obligations-changed': '◇', unknown: '?' };

const COUNTED: Readonly<Record<ReviewKind, string>> = {
  widened: 'widened', narrowed: 'narrowed', 'approval-changed': 'with another approval', 'obligations-changed': 'with other obligations', unknown: 'unknown',
};
const LENS: Readonly<Record<ReviewKind, string>> = {
  widened: 'widens', narrowed: 'narrows', 'approval-changed': 'changes the approval of', 'obligations-changed': 'changes the obligations of', unknown: 'cannot tell',
};

/** `▲ 2 widened   ▼ 1 narrowed` */
export function countWords(changes: readonly ReviewChange[]): string {
  return counted(changes, COUNTED, (glyph, number, word) => `${glyph} ${number} ${word}`).join('   ');
}

/** `▲ widens 1 · ▼ narrows 2` */
export const lensWords = (changes: readonly ReviewChange[]): string => counted(changes, LENS, (glyph, number, word) => `${glyph} ${word} ${number}`).join(' · ');

function counted(changes: readonly ReviewChange[], words: Readonly<Record<ReviewKind, string>>, say: (glyph: string, number: number, word: string) => string): string[] {
  return KINDS.flatMap((kind) => {
    const number = changes.filter(({ change }) => change === kind).length;
    return number === 0 ? [] : [say(GLYPHS[kind], number, words[kind])];
  });
}

/** Text of the workspace as text: every mark is escaped, so that nothing in it becomes a link or a picture. */
export const plain = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');

/** Who has a say: `Agents of payments-platform. Must approve: risk-office.` */
export function ownerWords({ teams, approvers }: ReviewChange): string {
  return [teams.length > 0 ? `Agents of ${teams.join(', ')}.` : '', approvers.length > 0 ? `Approval of ${approvers.join(', ')} required.` : ''].filter(Boolean).join(' ');
}

export const acceptedWords = ({ accepted }: ReviewChange): string => (accepted ? `Accepted by ${accepted.by}: ${accepted.reason}` : '');
