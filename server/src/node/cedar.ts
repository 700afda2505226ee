// Cedar's engine on this machine: the module that lies beside the program, read and compiled the first time that a workspace holds Cedar.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import init, { isAuthorized, policySetTextToParts, policyToJson, validate } from '@cedar-policy/cedar-wasm/web';
import { cedarEngine, type CedarEngine } from '../core/formats';

let loading: Promise<CedarEngine> | null = null;

/** Rejects where the module is not there or does not fit. */
export const loadCedar = (): Promise<CedarEngine> => (loading ??= load());

async function load(): Promise<CedarEngine> {
  await init({ module_or_path: await readFile(path.join(__dirname, 'cedar.wasm')) });
  return cedarEngine({ isAuthorized, policySetTextToParts, policyToJson, validate });
}
