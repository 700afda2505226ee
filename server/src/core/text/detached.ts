// Parts of texts that live longer than the text.

/** The same text without the larger one from which it was cut, which would otherwise be kept as long as any part of it. */
export const detached = (text: string): string => ` ${text}`.slice(1);
