// All Catalogs of a workspace as one.
import { mergeCatalogs, type Catalog } from '../model';
import type { Shared } from './shared';

export const CATALOG: Shared<Catalog> = {
  id: 'catalog',
  kinds: ['Catalog'],
  make: (workspace) => mergeCatalogs(workspace.filesOf('Catalog').flatMap((path) => (workspace.facts(path)?.documents ?? []).filter((document) => document.kind === 'Catalog').map((document) => document.value))),
};
