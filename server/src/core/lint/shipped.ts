// What comes with Countersign, so that a workspace can use it without declaring it.
import type { RequirementSeverity } from '../documents';
import { SNIPPETS, STANDARDS } from './generated/standards';
import { codeOf, type Requirement, type ShippedStandard, type Standard } from './standards/types';

const standardOf = ({ name, title, description, requirements }: ShippedStandard): Standard => ({
  name, title, description, path: null,
  requirements: requirements.map(({ why: _why, bad: _bad, good: _good, ...asked }): Requirement => ({ ...asked, standard: name, code: codeOf(name, asked.id), severity: asked.severity as RequirementSeverity })),
});

/** The shipped Standards by name. */
export const SHIPPED: ReadonlyMap<string, Standard> = new Map(STANDARDS.map((standard) => [standard.name, standardOf(standard)]));

export const SHIPPED_STANDARDS: ReadonlySet<string> = new Set(SHIPPED.keys());

/** The shipped Standards that are on for every agent; the others are on for an agent whose `compliance` names them. */
export const ALWAYS_ON: ReadonlySet<string> = new Set(['baseline', 'production-readiness']);

/** Snippets of the shipped library that a requirement's `fix` may name, with their bodies in snippet syntax. */
export const SHIPPED_BODIES: ReadonlyMap<string, string> = new Map(Object.entries(SNIPPETS));

export const SHIPPED_SNIPPETS: ReadonlySet<string> = new Set(SHIPPED_BODIES.keys());
