// `chat.tools.edits.autoApprove`: of the globs that fit a file the last decides; VS Code's own stand before those of the settings, and some of its own behind them.
import { resolve, type Node } from '../../yaml';
import { spanOf } from '../fields';
import type { Span } from '../../text';
import { toolRule, type ArgumentTest, type ArgumentValues, type ForeignRule, type TestResult } from '../permissions';
import { fileGlob } from './file-glob';

export interface EditRule {
  readonly key: string;
  readonly span: Span;
  readonly approve: boolean;
}

/** Tools that change files; the path is `args.file_path`. */
export const EDIT = 'tool:vscode/edit/*';

/** What VS Code asks about where no settings say otherwise. It may ask about more in another version: what no entry fits is not known to be free. */
const ASKED_ABOUT = [
  '**/.vscode/*.json', '**/.git/**', '**/{package.json,server.xml,build.rs,web.config,.gitattributes,.env}',
  '**/*.{code-workspace,csproj,fsproj,vbproj,vcxproj,proj,targets,props}', '**/*.lock', '**/*-{lock,lockb}.{yaml,json}',
];

/** What it asks about whatever the settings say: what would let an agent do more. */
const ALWAYS_ASKED_ABOUT = ['**/.vscode/*.json', '**/.mcp.json', '**/.npmrc', '**/.github/agents/**', '**/.claude/agents/**'];

/** In the order of the file. Other values than true and false say nothing. */
export function editRules(node: Node | null): EditRule[] {
  const map = resolve(node);
  if (map?.kind !== 'map') return [];
  return map.pairs.flatMap(({ key, value }): EditRule[] => {
    const scalar = resolve(value);
    return scalar?.kind === 'scalar' && typeof scalar.value === 'boolean' ? [{ key: key.text, span: spanOf(key), approve: scalar.value }] : [];
  });
}

interface Entry {
  readonly rule: EditRule | null;
  readonly matches: ((path: string) => boolean) | null;
  /** it may begin anywhere, so that it fits a path from the root of the disk as it fits one from the folder */
  readonly anywhere: boolean;
}

interface Edits {
  readonly key: string;
  /** `rooted`: the path is from the root of the disk, and where the folder lies is not known */
  decidedBy(path: string, rooted: boolean): EditRule | 'asked' | 'nothing' | 'unknown';
}

/** `everything`: all tools run without a question, so that an entry which asks does not. */
export function editPermissions(rules: readonly EditRule[], everything: boolean): { readonly rules: readonly ForeignRule[]; readonly otherwise: readonly ForeignRule[] } {
  if (rules.length === 0) return { rules: [], otherwise: [] };
  const edits = editsOf(rules);
  const free: ForeignRule = { ...toolRule('files of the open folder', rules[0]?.span ?? { start: 0, end: 0 }, 'allow', [], testOf(null, edits)), resources: [EDIT] };
  return {
    rules: rules.map((rule): ForeignRule => ({
      ...toolRule(rule.key, rule.span, rule.approve ? 'allow' : 'require_approval', [], testOf(rule, edits)), resources: [EDIT],
      ignored: everything && !rule.approve ? 'Every tool runs without a question: `chat.tools.global.autoApprove` is on.' : null,
    })),
    otherwise: [free],
  };
}

/** A glob of the settings that VS Code has as well takes its place, and not a later one. */
function editsOf(rules: readonly EditRule[]): Edits {
  const entry = (glob: string, rule: EditRule | null): Entry => ({ rule, matches: fileGlob(glob), anywhere: glob.startsWith('**/') });
  const first = ['**/*', ...ASKED_ABOUT];
  const before = first.flatMap((glob) => {
    const own = rules.find(({ key }) => key === glob);
    return own || glob !== '**/*' ? [entry(glob, own ?? null)] : [];
  });
  const entries = [...before, ...rules.filter(({ key }) => !first.includes(key)).map((rule) => entry(rule.key, rule)), ...ALWAYS_ASKED_ABOUT.map((glob) => entry(glob, null))].reverse();
  return {
    key: JSON.stringify(rules.map(({ key, approve }) => [key, approve])),
    decidedBy(path, rooted) {
      for (const { rule, matches, anywhere } of entries) {
        if (!matches || (rooted && !anywhere)) return 'unknown';
        if (matches(path)) return rule ?? 'asked';
      }
      return 'nothing';
    },
  };
}

interface EditTest extends ArgumentTest {
  /** the list that it is of, and which of its entries is asked about; null: none of them */
  readonly entry: readonly [entries: string, key: string | null];
}

/** Of the entries of one list at most one decides. */
const oneOf = (entries: string, key: string | null): Pick<EditTest, 'entry' | 'excludes'> => ({
  entry: [entries, key], excludes: (its, other, others) => its && others && 'entry' in other && (other as EditTest).entry[0] === entries && (other as EditTest).entry[1] !== key,
});

/** Whether this entry decides; null: whether none does. */
function testOf(rule: EditRule | null, edits: Edits): EditTest {
  return {
    key: `vscode edit ${rule ? rule.key : ''} among ${edits.key}`, args: ['file_path'], errs: 'no path in args.file_path', ...oneOf(edits.key, rule?.key ?? null),
    words: rule ? `\`${rule.key.slice(0, 80)}\` is the last entry that \`args.file_path\` matches` : '`args.file_path` is none of those about which VS Code asks by itself; that hangs on its version',
    ...(rule ? { examples: [rule.key.replaceAll('**/', '').replace(/\{([^,}]*)[^}]*\}/g, '$1').replaceAll(/\*+/g, 'x')] } : { examples: ['src/x.txt'] }),
    test(args): TestResult {
      const given = pathOf(args);
      if (given === null) return 'error';
      const path = within(given);
      // outside of the folder it always asks
      if (path === 'outside') return false;
      if (path === 'unknown') return 'unknown';
      const decided = edits.decidedBy(path.path, path.rooted);
      // it asks about what an entry asks about, in the folder or out of it; what is free is so only within
      const asks = decided === 'asked' || (typeof decided === 'object' && !decided.approve);
      if (decided === 'unknown' || (path.rooted && !asks)) return 'unknown';
      return rule ? decided === rule : decided === 'nothing' ? 'unknown' : false;
    },
  };
}

const pathOf = ({ file_path: path, filePath: own }: ArgumentValues): string | null => (typeof path === 'string' ? path : typeof own === 'string' ? own : null);

const MAX_PATH = 4_000;

/** The path from the open folder on. */
function within(written: string): { readonly path: string; readonly rooted: boolean } | 'outside' | 'unknown' {
  if (written.length > MAX_PATH) return 'unknown';
  const segments: string[] = [];
  for (const part of written.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && segments.pop() === undefined) return 'outside';
    if (part !== '..') segments.push(part);
  }
  return segments[0] === '~' ? 'outside' : { path: segments.join('/'), rooted: /^(?:[/\\]|[A-Za-z]:)/.test(written) };
}
