// Plain values of documents, read without trust in their shape.
import type { PlainValue } from '../../yaml';

export type Table = { readonly [key: string]: PlainValue };

export const table = (value: PlainValue | undefined): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
export const list = (value: PlainValue | undefined): readonly PlainValue[] => (Array.isArray(value) ? value : []);
export const text = (value: PlainValue | undefined): string | null => (typeof value === 'string' ? value : null);
export const number = (value: PlainValue | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** `spec` of a document. */
export const specOf = (value: PlainValue): Table => table(table(value).spec);
