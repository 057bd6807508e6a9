import { expect, it } from 'vitest';
import { ofFragua, used, type Snapshot } from './history';

it('memory: the machine’s, and what of it is Fragua’s', () => {
  const snapshot = { memory_total_bytes: 100, memory_available_bytes: 30, server_bytes: 5, models: [{ resident_bytes: 20 }, { resident_bytes: 10 }] } as Snapshot;
  expect([used(snapshot), ofFragua(snapshot)]).toEqual([70, 35]);
});
