import { FraguaError, type FraguaErrorKind } from './errors';

const KINDS: FraguaErrorKind[] = ['unreachable', 'timeout', 'unauthorized', 'forbidden', 'not_found', 'refused', 'too_many', 'busy', 'broken', 'failed'];

describe('an error', () => {
  it('says what happened and what to do, in both languages', () => {
    for (const kind of KINDS)
      for (const language of ['es', 'en'] as const) {
        const error = new FraguaError(kind, 0, '', 7);
        expect(error.whatHappened(language)).toMatch(/\w.*\.$/);
        expect(error.whatToDo(language)).toMatch(/\w.*\.$/);
      }
    expect(new FraguaError('too_many', 429, '', 7).whatToDo('es')).toBe('Espera 7 s e inténtalo de nuevo.');
  });
  it('stays what it is', () => {
    const error = FraguaError.ofStatus(503, 'full');
    expect(FraguaError.of(error)).toBe(error);
    expect(FraguaError.of('what')).toMatchObject({ kind: 'broken', message: 'what' });
  });
});
