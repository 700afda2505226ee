// `WebFetch(domain:...)`: which hosts a pattern stands for.
import { pattern } from '../../text';

/** `*.h` is every host below `h` and not `h` itself; elsewhere a `*` stays between two dots; `*` alone is every host. */
export function domainPattern(written: string): { readonly key: string; matches(host: string): boolean } {
  const source = written.trim().toLowerCase().replace(/\.$/, '');
  if (source === '*') return { key: '*', matches: () => true };
  const below = source.startsWith('*.');
  const labels = (below ? source.slice(2) : source).split('.').map((label) => pattern(label));
  return {
    key: source,
    matches(host) {
      const parts = host.toLowerCase().replace(/\.$/, '').split('.');
      if (below ? parts.length <= labels.length : parts.length !== labels.length) return false;
      const tail = below ? parts.slice(parts.length - labels.length) : parts;
      return labels.every((label, index) => label.matches(tail[index] ?? ''));
    },
  };
}

/** The host of an address; null where there is none to be seen. */
export function hostOf(url: string): string | null {
  const match = /^\s*(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/(?:[^/?#@\s]{0,1000}@)?(\[[^\]\s]{1,60}\]|[^/?#:\s]{1,300})/i.exec(url) ?? /^\s*([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)(?:[/?#:]|\s*$)/i.exec(url);
  return match ? (match[1] ?? null) : null;
}
