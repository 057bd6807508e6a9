import { describe, expect, it } from 'vitest';
import { stepOf, withoutLine } from './status';

describe('what the server says', () => {
  it('is known step by step', () => {
    expect(stepOf('pulling manifest')).toBe('task.looking');
    expect(stepOf('pulling 74701a8c35f6')).toBe('task.downloading');
    expect(stepOf('verifying sha256 digest')).toBe('task.checking');
    expect(stepOf('writing manifest')).toBe('task.saving');
    expect(stepOf('success')).toBe('task.done');
    expect(stepOf('something new')).toBeUndefined();
  });
  it('says its line once', () => {
    expect(withoutLine('(line 2): parameter x')).toBe('parameter x');
    expect(withoutLine('line 12: no FROM line')).toBe('no FROM line');
    expect(withoutLine('no FROM line')).toBe('no FROM line');
  });
});
