import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '../i18n/i18n.svelte';
import { needsPassword, reason } from './reasons';

describe('why a document was not read', () => {
  beforeAll(() => setLanguage('es'));
  it('is said in the language of the app', () => {
    expect(reason({ error_code: 'password_needed', error: 'a password is needed' })).toMatch(/contraseña/);
    expect(reason({ error_code: 'not_found', error: 'model "x" not found' })).toMatch(/modelo/);
  });
  it('is what the server says when it says something new', () => {
    expect(reason({ error_code: 'novel', error: 'the moon was in the way' })).toBe('the moon was in the way');
    expect(reason({ error_code: '', error: '' })).not.toBe('');
  });
  it('tells whether a password would help', () => {
    expect(['password_needed', 'wrong_password', 'damaged'].map((error_code) => needsPassword({ error_code }))).toEqual([true, true, false]);
  });
});
