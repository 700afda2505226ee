// What the client uses of its host and what both hosts have: Node and the worker of a browser. Anything more does not compile.
declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

declare class TextDecoder {
  constructor(label: 'utf-8');
  decode(bytes: Uint8Array): string;
}

/** Browser only; `web.ts` alone uses it. */
declare class Worker {
  constructor(url: string);
  addEventListener(type: 'error', listener: (event: { readonly message?: string; preventDefault(): void }) => void): void;
  terminate(): void;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
