import { describe, expect, it } from 'vitest';
import { isLong, kindOf, splitFiles, withFiles } from './attachments';

describe('attachments', () => {
  it('knows pictures and texts, by type or by name', () => {
    expect(kindOf({ name: 'a.png', type: 'image/png' })).toBe('picture');
    expect(kindOf({ name: 'a.svg', type: 'image/svg+xml' })).toBe('other');
    expect(kindOf({ name: 'main.rs', type: '' })).toBe('text');
    expect(kindOf({ name: 'a.zip', type: 'application/zip' })).toBe('other');
    expect(kindOf({ name: 'Factura.PDF', type: 'application/pdf' })).toBe('document');
    expect(kindOf({ name: 'scan.tiff', type: 'image/tiff' })).toBe('document');
  });
  it('puts files before the question and finds them again', () => {
    const files = [{ name: 'a.txt', text: 'one\n\ntwo' }, { name: 'b.xml', text: '<file name="x">\n</file>\n\nz' }];
    expect(splitFiles(withFiles('What is it?', files))).toEqual({ text: 'What is it?', files });
  });
  it('says when files hardly fit into a context', () => {
    expect(isLong([{ name: 'a', text: 'x'.repeat(10_000) }], 4096)).toBe(false);
    expect(isLong([{ name: 'a', text: 'x'.repeat(10_000) }, { name: 'b', text: 'x'.repeat(2_000) }], 4096)).toBe(true);
  });
  it('leaves a question without files alone', () => {
    expect(withFiles('hi', [])).toBe('hi');
    expect(splitFiles('hi <file name="a">')).toEqual({ text: 'hi <file name="a">', files: [] });
  });
  it('takes out of a name what would break the mark', () => {
    expect(withFiles('', [{ name: '"><b>\n', text: '' }])).toContain('name="___b__">');
  });
});
