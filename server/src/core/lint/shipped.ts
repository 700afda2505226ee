// What comes with Countersign, so that a workspace can use it without declaring it.
import type { RequirementSeverity } from '../documents';
import { SNIPPETS, STANDARDS } from './generated/standards';
import { codeOf, type Requirement, type ShippedStandard, type Standard } from './standards/types';

// what only people read is asked for late: a bundle may keep it elsewhere until then
const standardOf = (standard: ShippedStandard): Standard => ({
  name: standard.name, title: standard.title, path: null,
  get description() {
    return standard.description;
  },
  requirements: standard.requirements.map(({ id, when, require, message, at, fix, references, tags, severity }): Requirement => (
    { id, when, require, message, at, fix, references, tags, standard: standard.name, code: codeOf(standard.name, id), severity: severity as RequirementSeverity }
  )),
});

/** The shipped Standards by name. */
export const SHIPPED: ReadonlyMap<string, Standard> = new Map(STANDARDS.map((standard) => [standard.name, standardOf(standard)]));

export const SHIPPED_STANDARDS: ReadonlySet<string> = new Set(SHIPPED.keys());

/** The shipped Standards that are on for every agent; the others are on for an agent whose `compliance` names them. */
export const ALWAYS_ON: ReadonlySet<string> = new Set(['baseline', 'production-readiness']);

/** Snippets of the shipped library that a requirement's `fix` may name, with their bodies in snippet syntax. */
export const SHIPPED_BODIES: ReadonlyMap<string, string> = new Map(Object.entries(SNIPPETS));

export const SHIPPED_SNIPPETS: ReadonlySet<string> = new Set(SHIPPED_BODIES.keys());
