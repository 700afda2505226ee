// All rules, one line each, and the documentation of every code.
import type { CodeDoc, Rule } from './rule';
import { SUPPRESSION_CODES } from './suppression';
import { approvalExpired } from './rules/approval/expired';
import { approvalRecords } from './rules/approval/records';
import { definitionDrift } from './rules/drift/definition';
import { serverIdentity } from './rules/drift/server-identity';
import { condition } from './rules/condition/condition';
import { foreign } from './rules/foreign';
import { sameName } from './rules/format/same-name';
import { modelStatus } from './rules/model/status';
import { ownersDisagree } from './rules/ownership/disagrees';
import { ignoredOwners } from './rules/ownership/ignored-file';
import { ownerMissing } from './rules/ownership/missing';
import { outputOwner } from './rules/ownership/output-owner';
import { ownerTeams } from './rules/ownership/team';
import { ownerUnknown } from './rules/ownership/unknown';
import { CAPABILITY_ANALYSIS } from './rules/capability/analysis';
import { POLICY_ANALYSIS } from './rules/policy/analysis';
import { expiredRule } from './rules/policy/expired-rule';
import { malformedRule } from './rules/policy/malformed-rule';
import { selfApproval } from './rules/policy/self-approval';
import { duplicate } from './rules/reference/duplicate';
import { unknownName } from './rules/reference/unknown-name';
import { schema } from './rules/schema/schema';
import { standard } from './rules/standard/standard';
import { standardFailure } from './rules/standard/failure';
import { duplicatePrefix } from './rules/snippet/duplicate-prefix';
import { hashChanged } from './rules/snippet/hash-changed';
import { snippetInvalid } from './rules/snippet/invalid';
import { cutCondition } from './rules/syntax/cut-condition';
import { syntax } from './rules/syntax/syntax';
import { testFailed } from './rules/test/failed';
import { validation } from './rules/validation/validation';
import { waivers } from './rules/waiver/waiver';

export const RULES: readonly Rule[] = [
  syntax,
  cutCondition,
  schema,
  unknownName,
  condition,
  duplicate,
  expiredRule,
  malformedRule,
  selfApproval,
  ownerMissing,
  ownerUnknown,
  ownersDisagree,
  ownerTeams,
  outputOwner,
  ignoredOwners,
  modelStatus,
  validation,
  approvalExpired,
  approvalRecords,
  waivers,
  standard,
  standardFailure,
  testFailed,
  snippetInvalid,
  duplicatePrefix,
  hashChanged,
  definitionDrift,
  serverIdentity,
  foreign,
  sameName,
];

/** Our own faults; no file is at fault, so no file can show it. */
const FAULT: CodeDoc = {
  code: 'internal/fault',
  severity: 'error',
  title: 'A fault of Countersign itself',
  doc: 'A check failed in a way that it must not. The file is not at fault, and the other checks of the file were still made. Please report it with the message and, if you can, the file.',
  unshown: 'it is a fault of the program, which no file is known to cause',
};

/** The codes of the analysis, which follow the others. */
export const ANALYSIS_CODES: ReadonlySet<string> = new Set([...POLICY_ANALYSIS, ...CAPABILITY_ANALYSIS].map((doc) => doc.code));

/** Every code with its documentation, in the order of the rules. */
export const CODES: readonly CodeDoc[] = [...RULES.flatMap((rule) => rule.codes), ...POLICY_ANALYSIS, ...CAPABILITY_ANALYSIS, ...SUPPRESSION_CODES, FAULT];

const BY_CODE: ReadonlyMap<string, CodeDoc> = new Map(CODES.map((doc) => [doc.code, doc]));

export const codeDoc = (code: string): CodeDoc | undefined => BY_CODE.get(code);
