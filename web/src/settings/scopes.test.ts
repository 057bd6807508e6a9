import { describe, expect, it } from 'vitest';
import { curlExample, scopesFor } from './scopes';

describe('scopes', () => {
  it('offers a member no more than a member may', () => {
    expect(scopesFor(false)).not.toContain('admin');
    expect(scopesFor(false)).not.toContain('models:write');
    expect(scopesFor(true)).toContain('admin');
  });
  it('writes an example that a shell takes as it is', () => {
    expect(curlExample('http://localhost:3000', 'sk-1', "it's")).toContain(`"model":"it'\\''s"`);
  });
});
