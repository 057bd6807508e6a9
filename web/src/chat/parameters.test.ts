import { describe, expect, it } from 'vitest';
import { readNumber, withParameter } from './parameters';

describe('parameters', () => {
  const limits = { min: 0, max: 2, step: 0.05 };
  it('reads numbers as people write them, within the limits', () => {
    expect(readNumber('0,7', limits)).toBe(0.7);
    expect(readNumber('9', limits)).toBe(2);
    expect(readNumber('-1', limits)).toBe(0);
    expect(readNumber('12.6', { min: 1, max: 100, step: 1 })).toBe(13);
  });
  it('takes nothing and nonsense for "not set"', () => {
    expect(readNumber(' ', limits)).toBeUndefined();
    expect(readNumber('warm', limits)).toBeUndefined();
  });
  it('leaves out what is not set', () => {
    expect(withParameter({ seed: 1, top_k: 2 }, 'seed', undefined)).toEqual({ top_k: 2 });
    expect(withParameter({}, 'temperature', 0)).toEqual({ temperature: 0 });
  });
});
