// The findings of ACS manifests, one line each.
import type { FormatRule } from '../../rule';
import { secretRule, type SecretSubject } from '../../secret-rule';
import type { Manifest } from '../read-manifest';
import { annotatorInAnnotation } from './annotator-in-annotation';
import { cedarSyntax, type InlineFault } from './cedar-syntax';
import { manifestWith } from './example';
import { noToolControl } from './no-tool-control';
import { otherVersion } from './other-version';
import { regoWithoutQuery } from './rego-without-query';
import { timeoutAllows } from './timeout-allows';
import { unknownKey } from './unknown-key';
import { unknownPoint } from './unknown-point';
import { unknownPolicy } from './unknown-policy';
import { unpinnedExtends } from './unpinned-extends';

export type AcsSubject = Manifest & SecretSubject & { readonly faults: readonly InlineFault[] };

const annotator = (key: string): string => manifestWith(`annotators:\n  judge: { type: llm, provider: openai, ${key} }\n`);

export { joinedRules } from './joined';

export const rules: readonly FormatRule<AcsSubject>[] = [
  unknownKey,
  unknownPoint,
  unknownPolicy,
  regoWithoutQuery,
  cedarSyntax,
  noToolControl,
  timeoutAllows,
  annotatorInAnnotation,
  otherVersion,
  unpinnedExtends,
  secretRule('acs', 'Write `api_key_env` with the name of a variable in place of `api_key`.', { path: 'manifest.yaml', text: annotator('api_key: 9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'manifest.yaml', text: annotator('api_key_env: JUDGE_KEY') }),
];
