// Backstage's `catalog-info.yaml`: whose a component is, and which groups and users there are.
import { parseYaml, textOf, valueOf, resolve, type Node } from '../../yaml';
import { textField } from '../fields';
import type { BackstageEntity, ForeignFile, Format } from '../format';
import { baseName } from '../paths';
import { entityRef } from './entity-ref';

const NAME = /^catalog-info\.ya?ml$/i;
const MAX_ENTITIES = 2_000;
const API = 'backstage.io/';

export const backstage: Format = {
  id: 'backstage',
  title: 'Backstage catalog-info.yaml',
  rules: [],
  canBe: (path) => NAME.test(baseName(path)),
  recognise: (_, text) => text().includes(API),
  read: readBackstage,
};

/** Faults of its YAML are left to Backstage: many such files are templates. */
function readBackstage(_: string, text: string): ForeignFile {
  const entities = parseYaml(text).documents.slice(0, MAX_ENTITIES).flatMap(({ root }) => entityOf(root) ?? []);
  return { format: 'backstage', problems: [], agents: [], servers: [], owners: { codeowners: null, entities } };
}

function entityOf(root: Node | null): BackstageEntity | null {
  const kind = textField(root, 'kind');
  const metadata = valueOf(root, 'metadata');
  const name = textField(metadata, 'name');
  if (!kind || !name || !(textOf(valueOf(root, 'apiVersion')) ?? '').startsWith(API)) return null;
  const spec = valueOf(root, 'spec');
  const namespace = textField(metadata, 'namespace')?.value ?? 'default';
  const profile = valueOf(spec, 'profile');
  const written = textField(spec, 'owner');
  return {
    kind: kind.value.toLowerCase(), name: name.value, namespace, span: name.span,
    title: textField(metadata, 'title')?.value ?? textField(profile, 'displayName')?.value ?? null,
    email: textField(profile, 'email')?.value ?? null,
    members: textsOf(valueOf(spec, 'members')),
    memberOf: textsOf(valueOf(spec, 'memberOf')),
    // what a template will fill in is no owner yet
    owner: written && !written.value.includes('${{') ? { ...written, ref: entityRef(written.value, namespace) } : null,
  };
}

function textsOf(node: Node | null): readonly string[] {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
}

