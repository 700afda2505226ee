// The schema that lies beside a file of policies, and what it refuses in them.
import type { Problem } from '../../text';
import type { CedarEngine, CedarPolicy } from '../cedar';
import type { OtherFiles } from '../format';
import { baseName, folders } from '../paths';

export const SCHEMA = 'format/agentcore/schema';

/** Where the schema of a file of policies is looked for: by its own name, then by that of its folder. */
export function schemasBeside(path: string): readonly string[] {
  const folder = folders(path).map((name) => `${name}/`).join('');
  const own = baseName(path).replace(/\.cedar$/, '');
  return [...new Set([own, 'schema'])].flatMap((name) => [`${folder}${name}.cedarschema`, `${folder}${name}.cedarschema.json`]);
}

/** What the first schema that is there refuses; nothing where it cannot be read. */
export function againstSchema(path: string, text: string, policies: readonly CedarPolicy[], engine: CedarEngine, others: OtherFiles): readonly Problem[] {
  for (const file of schemasBeside(path)) {
    const schema = others.text(file);
    if (schema === null) continue;
    return (engine.validate(policies, text, { text: schema, json: file.endsWith('.json') }) ?? []).map(({ span, message, help }): Problem => ({
      code: SCHEMA, span, message: `\`${file}\` refuses this: ${sentence(message)}${help === null ? '' : ` Cedar proposes: ${sentence(help)}`}`,
    }));
  }
  return [];
}

/** Ended as a sentence is. */
export const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
