// Cedar's engine in a worker: the client hands over the module, which lies in the extension, the first time that a workspace holds Cedar.
import init, { isAuthorized, policySetTextToParts, policyToJson, validate } from '@cedar-policy/cedar-wasm/web';
import { cedarEngine, type CedarEngine } from '../core/formats';

/** `fetchModule` gives the bytes of the module. Rejects where they are not to be had, or may not be run here. */
export async function loadCedar(fetchModule: () => Promise<Uint8Array>): Promise<CedarEngine> {
  const bytes = await fetchModule();
  // a copy, so that it is no view of a message
  await init({ module_or_path: new Uint8Array(bytes).buffer });
  return cedarEngine({ isAuthorized, policySetTextToParts, policyToJson, validate });
}
