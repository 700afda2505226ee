// What an agentic workflow lets its agent do, as rules: its tools run, it reads GitHub and writes only through safe outputs, and nobody is asked.
import type { Span } from '../../text';
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at } from '../agent';
import { spanOf, spannedItems } from '../fields';
import type { ForeignTool } from '../format';
import { STRICTEST, toolRule, type ArgumentTest, type ForeignPermissions, type ForeignRule, type TestResult } from '../permissions';
import { splitCommands } from '../shell';
import { SERVER, commits, entry, isFalse } from './read-tools';
import type { Source } from './sources';

export function workflowPermissions(sources: readonly Source[], tools: readonly ForeignTool[], top: Span): ForeignPermissions {
  const rules = [...tools.flatMap((tool) => ruleOf(tool, sources)), ...readOnly(sources, top), ...switchedOff(sources)];
  return {
    family: SERVER, governs: { kind: 'file' }, order: STRICTEST, covers: ['tool:*'], rules, unknown: [],
    default: { effect: 'deny', otherwise: [], words: 'Nobody is asked while a workflow runs: a tool that it does not list is not there.', span: top, rank: 1 },
  };
}

function ruleOf(tool: ForeignTool, sources: readonly Source[]): ForeignRule[] {
  const { pattern, span } = tool;
  const written = tool.written === '' ? pattern : tool.written;
  const rule = (where: ArgumentTest | null): ForeignRule[] => [toolRule(written, span, 'allow', [pattern], where)];
  if (pattern === `${SERVER}/bash`) return rule(shellTest(sources));
  if (pattern === `${SERVER}/web-fetch`) return rule(hostTest(sources));
  return rule(null);
}

function switchedOff(sources: readonly Source[]): ForeignRule[] {
  return sources.flatMap(({ root, place }) => {
    const tools = resolve(valueOf(root, 'tools'));
    return tools?.kind === 'map' ? tools.pairs.filter((pair) => isFalse(resolve(pair.value))).map((pair) => toolRule(`${pair.key.text}: false`, place ?? spanOf(pair.key), 'deny', [pair.key.text === 'github' ? 'github/*' : `${SERVER}/${pair.key.text}`])) : [];
  });
}

/** Tools of GitHub's server that change something, by how their names begin and end. */
const WRITES = ['create_*', 'update_*', 'add_*', 'delete_*', 'merge_*', 'push_*', 'close_*', 'assign_*', 'submit_*', 'dismiss_*', 'mark_*', 'manage_*', 'request_*', 'rerun_*', 'cancel_*', 'run_*', 'fork_*', 'star_*', 'unstar_*', 'remove_*', 'reprioritize_*', 'enable_*', '*_write'].map((name) => `github/${name}`);

/** GitHub's server only reads, unless it is told otherwise and the token may write. */
function readOnly(sources: readonly Source[], top: Span): ForeignRule[] {
  const found = sources.flatMap((source) => {
    const setting = entry(source.root, 'tools', 'github');
    return setting ? [{ source, setting }] : [];
  })[0];
  if (found && isFalse(found.setting.value)) return [];
  const span = found ? (found.source.place ?? found.setting.key.span) : top;
  if (!isFalse(resolve(at(found?.setting.value ?? null, 'read-only')))) return [toolRule('github, reading only', span, 'deny', WRITES)];
  const own = sources[0]?.root ?? null;
  const permissions = resolve(valueOf(own, 'permissions'));
  const writes = permissions?.kind === 'map' ? permissions.pairs.some((pair) => textOf(pair.value) === 'write') : textOf(permissions) === 'write-all';
  return writes ? [] : [toolRule('permissions, reading only', permissions ? spanOf(permissions) : span, 'deny', WRITES)];
}

/** What runs wherever `bash` is there with a list of its own or none. */
const SAFE: readonly string[] = ['echo', 'ls', 'pwd', 'cat', 'head', 'tail', 'grep', 'wc', 'sort', 'uniq', 'date', 'yq'];

/** What runs where the workflow proposes changes of files. */
const GIT: readonly string[] = ['git checkout:*', 'git branch:*', 'git switch:*', 'git add:*', 'git rm:*', 'git commit:*', 'git merge:*', 'git status'];

/** Null where every command may run. */
function shellTest(sources: readonly Source[]): ArgumentTest | null {
  const names: string[] = commits(sources) ? [...GIT] : [];
  for (const { root } of sources) {
    const bash = entry(root, 'tools', 'bash');
    if (!bash || isFalse(bash.value)) continue;
    if (bash.value?.kind === 'scalar' && bash.value.value === true) return null;
    const own = bash.value?.kind === 'seq' ? spannedItems(bash.value).map(({ value }) => value.trim()) : null;
    // an empty list is none
    if (own === null || own.length > 0) names.push(...SAFE, ...(own ?? []));
  }
  if (names.some((name) => name === '*' || name === ':*')) return null;
  const listed = [...new Set(names)].sort();
  return {
    key: `gh-aw bash ${listed.join(' | ')}`, words: `every command of \`args.command\` is one of ${listed.slice(0, 6).map((name) => `\`${name}\``).join(', ')}${listed.length > 6 ? ', ...' : ''}`,
    args: ['command'], examples: listed.map((name) => name.replace(/:?\*$/, '').trim()).filter((name) => name !== ''),
    test({ command }) {
      if (typeof command !== 'string') return 'error';
      const { commands, sound } = splitCommands(command);
      if (!sound) return 'unknown';
      const answers = new Set(commands.map(({ text }): TestResult => listed.reduce<TestResult>((best, name) => (best === true ? best : stronger(best, fits(name, text.trim()))), false)));
      return answers.has(false) ? false : answers.has('unknown') ? 'unknown' : true;
    },
  };
}

const stronger = (a: TestResult, b: TestResult): TestResult => (b === true || a === false ? b : a);

/** `git:*` and `git *` are for all that begins so; whether a plain name takes arguments is for each engine to say. */
function fits(name: string, text: string): TestResult {
  const prefix = /^(.*?)(?::\*| \*)$/.exec(name)?.[1];
  if (prefix !== undefined) return text === prefix || text.startsWith(`${prefix} `);
  if (name.includes('*')) return 'unknown';
  return text === name ? true : text.startsWith(`${name} `) ? 'unknown' : false;
}

/** Null where any host may be reached. Names of ecosystems stand for hosts that are not listed here. */
function hostTest(sources: readonly Source[]): ArgumentTest | null {
  const names = sources.flatMap(({ root }) => networkOf(root) ?? []);
  const said = sources.some(({ root }) => networkOf(root) !== null);
  if (names.includes('*')) return null;
  const listed = [...new Set(said ? names : ['defaults'])].sort();
  const blocked = new Set(sources.flatMap(({ root }) => spannedItems(at(valueOf(root, 'network'), 'blocked')).map(({ value }) => value)));
  return {
    key: `gh-aw network ${listed.join(' ')} without ${[...blocked].sort().join(' ')}`, words: `the host of \`args.url\` is one of ${listed.slice(0, 6).map((name) => `\`${name}\``).join(', ') || 'none'}`, args: ['url'],
    examples: listed.filter((name) => name.includes('.')).map((name) => `https://${name.replace(/^\*\./, 'www.')}/`),
    test({ url }) {
      if (typeof url !== 'string') return 'error';
      const host = /^(?:[a-z]+:\/\/)?(?:[^/@?#]*@)?([^/:?#]+)/i.exec(url.trim())?.[1]?.toLowerCase() ?? '';
      const of = (name: string): boolean => name.includes('.') && hostFits(name.toLowerCase(), host);
      if ([...blocked].some(of)) return false;
      return listed.some(of) ? true : listed.some((name) => !name.includes('.')) ? 'unknown' : false;
    },
  };
}

/** A name is for its subdomains too. */
function hostFits(name: string, host: string): boolean {
  const plain = name.replace(/^https?:\/\//, '').replace(/\/.*$/, '').replace(/^\*\./, '');
  return host === plain ? !name.startsWith('*.') : host.endsWith(`.${plain}`);
}

/** `network: defaults`, or `allowed`; an empty map is no network. Null where nothing is said. */
function networkOf(root: MapNode): readonly string[] | null {
  const network = resolve(valueOf(root, 'network'));
  if (!network) return null;
  return network.kind === 'map' ? spannedItems(valueOf(network, 'allowed')).map(({ value }) => value) : [textOf(network) ?? 'defaults'];
}
