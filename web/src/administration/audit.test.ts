import { describe, expect, it } from 'vitest';
import en from '../../messages/en.json';
import { actionKey, joined, type AuditEvent } from './audit';

const event = (id: number) => ({ id }) as AuditEvent;

describe('audit', () => {
  it('has words for what the server records, and leaves the rest as it is', () => {
    for (const action of ['sign_in', 'sign_in.failed', 'user.create', 'backup.restore']) expect(en).toHaveProperty([actionKey(action)!]);
    expect(actionKey('model.paint')).toBeUndefined();
  });
  it('shows no event twice', () => {
    expect(joined([event(3), event(2)], [event(2), event(1)]).map(({ id }) => id)).toEqual([3, 2, 1]);
  });
});
