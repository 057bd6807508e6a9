import { describe, expect, it } from 'vitest';
import { Progress } from './progress';

describe('Progress', () => {
  it('adds up the parts', () => {
    const progress = new Progress();
    progress.take({ status: 'pulling', digest: 'a', total: 100, completed: 40 }, 0);
    progress.take({ status: 'pulling', digest: 'b', total: 50, completed: 50 }, 1);
    progress.take({ status: 'pulling', digest: 'a', total: 100, completed: 60 }, 2);
    expect([progress.total, progress.completed]).toEqual([150, 110]);
  });
  it('measures the rate over the last seconds, and what is left', () => {
    const progress = new Progress();
    progress.take({ digest: 'a', total: 10_000, completed: 5_000 }, 0);
    expect(progress.bytesPerSecond).toBe(0);
    progress.take({ digest: 'a', total: 10_000, completed: 6_000 }, 1_000);
    expect(progress.bytesPerSecond).toBe(1_000);
    expect(progress.secondsLeft).toBe(4);
    progress.take({ digest: 'a', total: 10_000, completed: 6_000 }, 20_000);
    progress.take({ digest: 'a', total: 10_000, completed: 6_000 }, 21_000);
    expect(progress.bytesPerSecond).toBe(0);
  });
  it('keeps the last word of the server', () => {
    const progress = new Progress();
    progress.take({ status: 'verifying' }, 0);
    progress.take({}, 1);
    expect(progress.status).toBe('verifying');
  });
});
