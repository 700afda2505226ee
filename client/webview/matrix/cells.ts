// The letters of cells as far as they are known. What changed keeps its old letter until the new one is there, so that nothing flickers.
import type { MatrixFrame, MatrixLetter } from '../../../server/src/protocol';

export interface Cells {
  /** null where it was never told */
  letter(row: number, column: number): MatrixLetter | null;
  /** true where the letter is that of now */
  fresh(row: number, column: number): boolean;
  /** `asked`: the time at which they were asked for */
  put(row: number, columns: readonly number[], letters: string, asked: number): void;
  time(): number;
  /** All letters are old from here on. */
  age(): void;
  /** Another frame: letters go along with their agents and resources. */
  follow(frame: MatrixFrame): void;
  /** Another question: no letter holds. */
  clear(): void;
}

interface Line {
  /** character codes; 0: not told */
  readonly letters: Uint8Array;
  /** the time of each letter */
  readonly times: Uint32Array;
}

export function createCells(): Cells {
  let lines = new Map<number, Line>();
  let agents: readonly string[] = [];
  let columns: readonly string[] = [];
  let now = 1;
  return {
    letter(row, column) {
      const code = lines.get(row)?.letters[column];
      return code ? (String.fromCharCode(code) as MatrixLetter) : null;
    },
    fresh: (row, column) => lines.get(row)?.times[column] === now,
    put(row, places, letters, asked) {
      let line = lines.get(row);
      if (!line) lines.set(row, (line = { letters: new Uint8Array(columns.length), times: new Uint32Array(columns.length) }));
      for (const [at, place] of places.entries()) {
        line.letters[place] = letters.charCodeAt(at) || 0;
        line.times[place] = asked;
      }
    },
    time: () => now,
    age: () => void now++,
    follow(frame) {
      const wereRows = new Map(agents.map((id, index) => [id, index]));
      const wereColumns = new Map(columns.map((key, index) => [key, index]));
      const before = lines;
      agents = frame.agents.map((agent) => agent.id);
      columns = frame.columns.map(({ action, resource }) => `${action} ${resource}`);
      const moved = columns.map((key) => wereColumns.get(key) ?? -1);
      lines = new Map();
      now++;
      for (const [row, id] of agents.entries()) {
        const was = before.get(wereRows.get(id) ?? -1);
        if (was) lines.set(row, { letters: Uint8Array.from(moved, (place) => was.letters[place] ?? 0), times: new Uint32Array(columns.length) });
      }
    },
    clear: () => lines.clear(),
  };
}
