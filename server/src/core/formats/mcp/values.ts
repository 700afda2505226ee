// Every text of a server's configuration that it uses to start or connect, with the name it goes by.
import type { Span } from '../../text';
import { resolve, scalarMap, valueOf, type Node, type ScalarNode } from '../../yaml';
import type { ServerEntry } from './read-servers';

export interface ConfigValue {
  /** the variable's, header's or option's name; null for a lone argument or address */
  readonly name: string | null;
  readonly node: ScalarNode;
  /** part of the decoded text of `node` that is the value */
  readonly from: number;
  readonly place: 'env' | 'header' | 'argument' | 'url' | 'command';
}

export function configValues({ config }: ServerEntry): ConfigValue[] {
  const values: ConfigValue[] = [];
  const add = (place: ConfigValue['place'], node: Node | null, name: string | null, from = 0): void => {
    const scalar = resolve(node);
    if (scalar?.kind === 'scalar' && typeof scalar.value === 'string' && scalar.text.length < 20_000) values.push({ name, node: scalar, from, place });
  };
  for (const [key, place] of [['env', 'env'], ['headers', 'header']] as const) {
    const map = valueOf(config, key);
    if (map?.kind === 'map') for (const pair of map.pairs) add(place, pair.value, pair.key.text);
  }
  // the last three are how connections and toolboxes of Foundry write it
  for (const key of ['url', 'serverUrl', 'httpUrl', 'target', 'server_url', 'endpoint']) add('url', valueOf(config, key), null);
  add('command', valueOf(config, 'command'), null);
  const args = valueOf(config, 'args');
  if (args?.kind !== 'seq') return values;
  let option: string | null = null;
  for (const item of args.items) {
    const scalar = resolve(item);
    const text = scalar?.kind === 'scalar' ? scalar.text : '';
    const named = /^(?:-{0,2})([A-Za-z][\w.-]*)(?:=|:(?!\/\/)\s*)/.exec(text);
    if (named) add('argument', item, named[1] ?? null, named[0].length);
    else add('argument', item, option);
    option = /^--?[A-Za-z][\w-]*$/.test(text) ? text.replace(/^-+/, '') : null;
  }
  return values;
}

/** The place in the file of part of a value's decoded text. */
export function partSpan(source: string, value: ConfigValue, start: number, end: number): Span {
  return scalarMap(source, value.node).span(start, end);
}
