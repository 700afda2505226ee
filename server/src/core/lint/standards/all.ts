// The Standards that hold in a workspace: its own, and the shipped ones; of one name in both, its own requirements stand in the place of those of the same id.
import type { DocumentFacts, Shared } from '../../workspace';
import { REQUIREMENT_SEVERITIES, problemsUnder, type RequirementSeverity } from '../../documents';
import { environmentOfStandard } from '../condition-environment';
import { list, specOf, table, text } from '../rules/values';
import { SHIPPED } from '../shipped';
import { requirementCompiler, type Compile, type CompiledRequirement } from './compile';
import { codeOf, type Requirement, type Standard } from './types';

export interface ReadyStandard extends Standard {
  readonly ready: readonly CompiledRequirement[];
}

export interface Standards {
  /** the shipped ones first, then those of the workspace by name */
  readonly all: readonly ReadyStandard[];
  readonly memo: Memo;
}

interface Memo {
  readonly shipped: Compile;
  readonly own: Compile;
  readonly read: WeakMap<DocumentFacts, readonly Requirement[]>;
}

/** requirements of all Standards of a workspace; what lies beyond is not asked */
const MAX_REQUIREMENTS = 2_000;

export const STANDARDS: Shared<Standards> = {
  id: 'standards',
  kinds: ['Standard'],
  make(workspace, before) {
    const memo = before?.memo ?? { shipped: requirementCompiler(null), own: requirementCompiler(environmentOfStandard()), read: new WeakMap() };
    const own = new Map<string, ReadyStandard>();
    let left = MAX_REQUIREMENTS;
    for (const path of workspace.filesOf('Standard')) {
      for (const document of workspace.facts(path)?.documents ?? []) {
        if (document.kind !== 'Standard' || document.name === null || own.has(document.name)) continue;
        const requirements = requirementsOf(document, memo).slice(0, left);
        left -= requirements.length;
        const metadata = table(table(document.value).metadata);
        const standard = { name: document.name, title: text(metadata.title), description: text(metadata.description), path, requirements };
        own.set(document.name, { ...standard, ready: requirements.map(memo.own) });
      }
    }
    const shipped = [...SHIPPED.values()].map((standard): ReadyStandard => {
      const replaced = new Set(own.get(standard.name)?.requirements.map(({ id }) => id));
      const requirements = standard.requirements.filter(({ id }) => !replaced.has(id));
      return {
        name: standard.name, title: standard.title, path: standard.path, requirements, ready: requirements.map(memo.shipped),
        get description() {
          return standard.description;
        },
      };
    });
    return { all: [...shipped, ...[...own.values()].sort((a, b) => (a.name < b.name ? -1 : 1))], memo };
  },
};

/** The requirements that can be asked: what is malformed is reported in the Standard and asked of nobody. */
function requirementsOf(document: DocumentFacts, memo: Memo): readonly Requirement[] {
  const known = memo.read.get(document);
  if (known) return known;
  const seen = new Set<string>();
  const found = list(specOf(document.value).requirements).flatMap((value, index): Requirement[] => {
    const entry = table(value);
    const [id, require, when] = [text(entry.id), text(entry.require), text(entry.when)];
    const malformed = problemsUnder(document, ['spec', 'requirements', index]).some(({ path }) => ['id', 'require', 'when'].includes(String(path[3])));
    if (id === null || require === null || malformed || (when === null && Object.hasOwn(entry, 'when')) || seen.has(id)) return [];
    seen.add(id);
    const standard = document.name ?? '';
    const severity = REQUIREMENT_SEVERITIES.find((one) => one === entry.severity) ?? ('warning' satisfies RequirementSeverity);
    const texts = (key: string): string[] => list(entry[key]).filter((one): one is string => typeof one === 'string');
    return [{ standard, id, code: codeOf(standard, id), severity, message: text(entry.message) ?? `\`${id}\` is not met.`, when, require, at: text(entry.at), fix: text(entry.fix), references: texts('references'), tags: texts('tags') }];
  });
  memo.read.set(document, found);
  return found;
}
