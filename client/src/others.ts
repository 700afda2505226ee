// The server hears of every YAML and JSON file, since any may be ours by what it says. Here is what must not reach files of others.
import type { FoldingRange } from 'vscode';
import type { BaseLanguageClient, FoldingRangeProviderMiddleware, ServerCapabilities, StaticFeature } from 'vscode-languageclient';
import { ownSelector } from './documents';

const METHODS = { documentFormattingProvider: 'textDocument/formatting', documentRangeFormattingProvider: 'textDocument/rangeFormatting' } as const;
type Provider = keyof typeof METHODS;

/** Offers formatting for our own languages alone: in other files the editor would ask which formatter to take. */
export function formatOnlyOurs(client: BaseLanguageClient): StaticFeature {
  let offered: Provider[] = [];
  return {
    fillClientCapabilities: () => undefined,
    preInitialize(capabilities: ServerCapabilities) {
      offered = (Object.keys(METHODS) as Provider[]).filter((name) => capabilities[name]);
      for (const name of offered) capabilities[name] = undefined;
    },
    initialize() {
      const registration = (name: Provider) => ({ id: `countersign.${name}`, registerOptions: { documentSelector: ownSelector() } });
      if (offered.includes('documentFormattingProvider')) client.getFeature(METHODS.documentFormattingProvider).register(registration('documentFormattingProvider'));
      if (offered.includes('documentRangeFormattingProvider')) client.getFeature(METHODS.documentRangeFormattingProvider).register(registration('documentRangeFormattingProvider'));
    },
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  };
}

/** Nothing to fold is no answer, so that the editor folds files of others by their indentation. */
export const foldOnlyOurs: FoldingRangeProviderMiddleware['provideFoldingRanges'] = async (document, context, token, next) => {
  const ranges: FoldingRange[] | null | undefined = await next(document, context, token);
  return ranges?.length ? ranges : undefined;
};
