// `.countersign.yaml`: how this workspace is looked at.
import type { ConfigDocument } from '../document';
import { cursorOf, entriesAt, itemsAt, located, oneOf, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export const CONFIG_SEVERITIES = ['off', 'hint', 'information', 'warning', 'error'] as const;
export type ConfigSeverity = (typeof CONFIG_SEVERITIES)[number];

/** A key of a map with its setting. */
export interface Setting<T> {
  readonly name: Field<string>;
  readonly value: Field<T>;
}

export interface ConfigView {
  readonly extends: readonly Field<string>[];
  readonly exclude: readonly Field<string>[];
  readonly standards: readonly Setting<'on' | 'off'>[];
  readonly severity: readonly Setting<ConfigSeverity>[];
  readonly locked: readonly Field<string>[];
  readonly libraries: readonly (Located & { readonly from: Field<string>; readonly kind: 'path' | 'package'; readonly version: Field<string> | null })[];
  readonly formats: readonly Setting<'off'>[];
  /** the later of two wins */
  readonly overrides: readonly (Located & { readonly files: readonly Field<string>[]; readonly severity: readonly Setting<ConfigSeverity>[]; readonly standards: readonly Setting<'on' | 'off'>[] })[];
}

/** What the configuration says; faulty parts are left out. */
export function configView(document: ConfigDocument): ConfigView {
  const root = cursorOf(document.root);
  return {
    extends: textsAt(root, 'extends') ?? [], exclude: textsAt(root, 'exclude') ?? [], standards: settings(root, 'standards', ['on', 'off'] as const), severity: settings(root, 'severity', CONFIG_SEVERITIES),
    locked: textsAt(root, 'locked') ?? [], libraries: itemsAt(root, 'libraries')?.flatMap(library) ?? [], formats: settings(root, 'formats', ['off'] as const),
    overrides: itemsAt(root, 'overrides')?.flatMap((item) => {
      const files = textsAt(item, 'files');
      return files ? [{ ...located(item), files, severity: settings(item, 'severity', CONFIG_SEVERITIES), standards: settings(item, 'standards', ['on', 'off'] as const) }] : [];
    }) ?? [],
  };
}

function settings<T extends string>(cursor: Cursor | null, key: string, allowed: readonly T[]): readonly Setting<T>[] {
  return entriesAt(cursor, key)?.flatMap(({ name, value }) => {
    const field = oneOf(value, allowed);
    return field ? [{ name, value: field }] : [];
  }) ?? [];
}

function library(item: Cursor): ConfigView['libraries'][number][] {
  const [path, name] = [textAt(item, 'path'), textAt(item, 'package')];
  const from = path ?? name;
  return from && !(path && name) ? [{ ...located(item), from, kind: path ? 'path' : 'package', version: textAt(item, 'version') }] : [];
}
