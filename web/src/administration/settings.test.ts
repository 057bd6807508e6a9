import { expect, it } from 'vitest';
import { filtered, originKey, text, type Setting } from './settings';

const settings: Setting[] = [
  { key: 'listen', value: '0.0.0.0:3000', origin: 'FRAGUA_LISTEN', about: 'addresses to listen on', fallback: '127.0.0.1:3000' },
  { key: 'sign_up', value: 'closed', origin: 'default', about: 'who may make an account', fallback: 'closed' },
];

it('settings: found by name, value or meaning', () => {
  expect(filtered(settings, 'account who', false).map(({ key }) => key)).toEqual(['sign_up']);
  expect(filtered(settings, '0.0.0.0', false).map(({ key }) => key)).toEqual(['listen']);
  expect(filtered(settings, '', true).map(({ key }) => key)).toEqual(['listen']);
});

it('settings: values and origins as texts', () => {
  expect([text('a'), text(3), text(null), text(undefined)]).toEqual(['a', '3', 'null', '']);
  expect([originKey('flag'), originKey('FRAGUA_LISTEN')]).toEqual(['server.origin_flag', undefined]);
});
