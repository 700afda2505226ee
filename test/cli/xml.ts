// Is a text well-formed XML (of the little that reports use)?
import assert from 'node:assert/strict';

/** Fails where tags do not pair, an entity is not known, or a character is not allowed in XML 1.0. */
export function wellFormedXml(xml: string): void {
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  assert.doesNotMatch(xml, /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  while (rest !== '') {
    const tag = /^<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/.exec(rest);
    if (tag) {
      assert.doesNotMatch(tag[3] ?? '', /&(?!(amp|lt|gt|quot|#\d+);)/);
      if (tag[1] === '/') assert.equal(open.pop(), tag[2]);
      else if (tag[4] !== '/') open.push(tag[2] ?? '');
      rest = rest.slice(tag[0].length);
      continue;
    }
    const text = /^[^<]+/.exec(rest)?.[0] ?? '';
    assert.notEqual(text, '', `not a tag: ${rest.slice(0, 60)}`);
    assert.doesNotMatch(text, /&(?!(amp|lt|gt);)|\]\]>/);
    rest = rest.slice(text.length);
  }
  assert.deepEqual(open, []);
}
