// What the simulator's page and the extension say to each other: plain types only, for both.
import type {
  SimulatorChoicesParams, SimulatorChoicesResult, SimulatorDecideParams, SimulatorDecideResult, FilePlace,
} from '../../../server/src/protocol';

/** From the page. `n` grows with each question; the answer brings it back. */
export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'choices'; readonly n: number; readonly params: SimulatorChoicesParams }
  | { readonly kind: 'decide'; readonly n: number; readonly params: SimulatorDecideParams }
  | { readonly kind: 'copy'; readonly params: SimulatorDecideParams }
  | { readonly kind: 'save'; readonly params: SimulatorDecideParams }
  | { readonly kind: 'open'; readonly place: FilePlace }
  | { readonly kind: 'new'; readonly document: 'Agent' | 'Policy' | 'Example'; readonly name?: string };

/** To the page. A result that is null could not be had: the server does not answer. */
export type ToPage =
  | { readonly kind: 'choices'; readonly n: number; readonly result: SimulatorChoicesResult | null }
  | { readonly kind: 'decision'; readonly n: number; readonly result: SimulatorDecideResult | null }
  /** what is shown may no longer hold */
  | { readonly kind: 'changed' }
  /** the file in the editor */
  | { readonly kind: 'file'; readonly uri: string | null }
  /** a request in its short form that the form is to show */
  | { readonly kind: 'fill'; readonly request: unknown; readonly folder?: string; readonly compare?: boolean }
  | { readonly kind: 'said'; readonly text: string };
