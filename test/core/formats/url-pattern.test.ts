// Patterns over addresses as VS Code compares them; null is what its versions differ in.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { urlPattern } from '../../../server/src/core/formats/vscode-agent/url-pattern';

const CASES: readonly (readonly [pattern: string, url: string, fits: boolean | null])[] = [
  ['https://example.com', 'https://example.com', true],
  ['https://example.com', 'https://example.com/path/below', true],
  ['https://example.com/', 'https://example.com?x=1#y', true],
  ['https://example.com/path', 'https://example.com/path/', true],
  ['https://example.com/path', 'https://example.com/path/below', true],
  ['https://example.com/path', 'https://example.com/paths', false],
  ['https://example.com', 'http://example.com', false],
  ['example.com', 'http://example.com/x', true],
  ['example.com', 'ftp://example.com', false],
  ['https://example.com/*', 'https://example.com/a/b', true],
  ['https://example.com/a/*/c', 'https://example.com/a/b/b/c', true],
  ['https://*.example.com', 'https://a.b.example.com', true],
  ['https://*.example.com', 'https://example.com', true],
  ['https://*.example.com', 'https://notexample.com', null],
  ['https://*.example.com', 'https://example.com.evil.org', false],
  ['https://example.com:8080', 'https://example.com', false],
  ['https://example.com:*', 'https://example.com:9090/x', true],
  ['https://example.com:*', 'https://example.com', true],
  ['https://example.com*', 'https://example.com', false],
  ['https://example.com*', 'https://example.com.extra', true],
  ['*', 'https://example.com/x', true],
  ['*', 'file:///etc/passwd', false],
  ['https://EXAMPLE.com', 'https://example.COM/x', true],
  ['https://github.com/acme/*', 'https://github.com/Acme/x', true],
  ['https://github.com/Acme/*', 'https://github.com/acme/x', false],
  ['https://github.com/Acme/*', 'https://github.com/Acme/x', null],
  ['https://example.com/docs/*', 'https://example.com/docs/../secret', null],
  ['https://example.com/docs/*', 'https://example.com/other/../docs', false],
  ['https://example.com/docs', 'not an address', false],
  ['', 'https://example.com', null],
];

describe('patterns over addresses', () => {
  for (const [pattern, url, fits] of CASES) it(`${pattern || 'nothing'} and ${url}`, () => assert.equal(urlPattern(pattern)(url), fits));
  it('what has no star fits itself and what lies below', () => fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'] }), fc.stringMatching(/^[a-z]{1,8}$/), (url, part) => {
    // a path with dots is compared as it is fetched, too
    fc.pre(!/\/\.{1,2}(?:\/|$)/.test(url));
    const fits = urlPattern(url);
    assert.equal(fits(url), true);
    if (!url.includes('?') && !url.includes('#')) assert.equal(fits(`${url.replace(/\/+$/, '')}/${part}`), true);
  }), { numRuns: 200 }));
  it('never throws, whatever is compared', () => fc.assert(fc.property(fc.string(), fc.string(), (pattern, url) => [true, false, null].includes(urlPattern(pattern)(url))), { numRuns: 500 }));
});
