import { expect, it } from 'vitest';
import { device } from './device';

it('names a browser and its system', () => {
  expect(device('Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe('Firefox, Linux');
  expect(device('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1')).toBe('Safari, iPhone');
  expect(device('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0')).toBe('Edge, Windows');
  expect(device('curl/8.5')).toBe('curl');
  expect(device('my-script')).toBe('my-script');
  expect(device('')).toBe('');
});
