import { describe, expect, it } from 'vitest';
import { isBusy, reading } from './progress';

describe('reading', () => {
  it('says how much is read and how long the rest takes', () => {
    expect(reading({ pages: 12, pages_done: 3, pages_per_second: 1.5 })).toEqual({ share: 0.25, pagesPerSecond: 1.5, secondsLeft: 6 });
  });
  it('promises nothing before it knows', () => {
    expect(reading({ pages: 0, pages_done: 0, pages_per_second: 0 })).toEqual({ share: undefined, pagesPerSecond: 0, secondsLeft: undefined });
    expect(reading({ pages: 4, pages_done: 0, pages_per_second: 0 }).secondsLeft).toBeUndefined();
    expect(reading({ pages: 4, pages_done: 5, pages_per_second: 2 })).toEqual({ share: 1, pagesPerSecond: 2, secondsLeft: undefined });
  });
  it('goes on while anything waits or is read', () => {
    expect(isBusy({ received: 0, extracting: 1, indexed: 3, failed: 1 })).toBe(true);
    expect(isBusy({ received: 0, extracting: 0, indexed: 3, failed: 1 })).toBe(false);
  });
});
