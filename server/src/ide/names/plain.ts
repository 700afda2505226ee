// Reading plain values that may have any shape.
import type { PlainValue } from '../../core/yaml';

export const at = (value: PlainValue | undefined, ...path: string[]): PlainValue | undefined => {
  let here: PlainValue | undefined = value;
  for (const key of path) {
    if (here === null || typeof here !== 'object' || Array.isArray(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
};

export const textAt = (value: PlainValue | undefined, ...path: string[]): string | null => {
  const here = at(value, ...path);
  return typeof here === 'string' && here !== '' ? here : null;
};

/** The texts of a list, or null where there is no list. */
export const textsAt = (value: PlainValue | undefined, ...path: string[]): readonly string[] | null => {
  const here = at(value, ...path);
  return Array.isArray(here) ? here.filter((item): item is string => typeof item === 'string') : null;
};
