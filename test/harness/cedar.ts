// Cedar's own implementation, for tests: the module that the hosts load, taken in the first time that a test asks for it.
import type * as Module from '@cedar-policy/cedar-wasm/nodejs';
import { cedarEngine, type CedarEngine } from '../../server/src/core/formats';

let loaded: { readonly module: typeof Module; readonly engine: CedarEngine } | null = null;

function load(): { readonly module: typeof Module; readonly engine: CedarEngine } {
  if (loaded) return loaded;
  const module = require('@cedar-policy/cedar-wasm/nodejs') as typeof Module;
  return (loaded = { module, engine: cedarEngine(module) });
}

export const cedarModule = (): typeof Module => load().module;
export const cedarOf = (): CedarEngine => load().engine;
