import { describe, expect, it } from 'vitest';
import { History, gpuMemoryPercent, ofModel, sizeOf, type Gpu, type LoadedModel, type Snapshot } from './history';

const snapshot = (second: number, active = 0) => ({ at: new Date(second * 1000).toISOString(), requests_active: active }) as Snapshot;

describe('History', () => {
  it('gives one column of times and one for each figure', () => {
    const history = new History();
    history.add(snapshot(1, 5));
    history.add(snapshot(3, 6));
    expect(history.columns([(s) => s.requests_active])).toEqual([[1, 3], [5, 6]]);
  });
  it('forgets what is old', () => {
    const history = new History();
    for (let i = 0; i < 2_500; i += 1) history.add(snapshot(i));
    const [times] = history.columns([]);
    expect(times.length).toBe(1_920);
    expect(times.at(-1)).toBe(2_499);
  });
  it('takes no moment twice and survives a clock that goes back', () => {
    const history = new History();
    history.add(snapshot(10));
    history.add(snapshot(10));
    expect(history.columns([])[0]).toEqual([10]);
    history.add(snapshot(5));
    expect(history.columns([])[0]).toEqual([5]);
  });
});

describe('memory', () => {
  const model = { name: 'a', resident_bytes: 3, gpu_bytes: 4, running: 0, waiting: 0 } satisfies LoadedModel;
  it("is the machine's and the GPUs' for a model, and nothing while it is not loaded", () => {
    expect(sizeOf(model)).toBe(7);
    expect(ofModel('a')({ models: [model] } as unknown as Snapshot)).toBe(7);
    expect(ofModel('b')({ models: [model] } as unknown as Snapshot)).toBeNull();
  });
  it('of a GPU that tells none is 0 %', () => {
    expect(gpuMemoryPercent({ memory_used_bytes: 1, memory_total_bytes: 4 } as Gpu)).toBe(25);
    expect(gpuMemoryPercent({ memory_used_bytes: 0, memory_total_bytes: 0 } as Gpu)).toBe(0);
  });
});
