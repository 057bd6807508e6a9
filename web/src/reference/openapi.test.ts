import { describe, expect, it } from 'vitest';
import { byTag, curl, example, routesOf, search, typeOf, type OpenApi } from './openapi';

const api: OpenApi = {
  paths: {
    '/api/version': { get: { summary: 'The version', tags: ['ollama'], 'x-scope': 'open' } },
    '/api/v1/keys/{key}': { delete: { summary: 'Revoke a key', tags: ['fragua'], 'x-scope': 'infer', parameters: [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }] } },
    '/v1/chat/completions': {
      post: { summary: 'Chat', tags: ['openai'], 'x-scope': 'infer', requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Chat' } } } } },
    },
  },
  components: { schemas: { Chat: { type: 'object', required: ['model', 'messages'], properties: { model: { type: 'string' }, messages: { type: 'array', items: { type: 'object' } }, stream: { type: 'boolean' } } } } },
};
const routes = routesOf(api);

describe('openapi', () => {
  it('lists every route with its fields', () => {
    expect(routes.map((route) => `${route.method} ${route.path}`)).toEqual(['GET /api/version', 'DELETE /api/v1/keys/{key}', 'POST /v1/chat/completions']);
    expect(routes[1]?.fields).toEqual([{ name: 'key', type: 'string', required: true, about: '', place: 'path' }]);
    expect(routes[2]?.fields.map((field) => [field.name, field.type, field.required])).toEqual([['model', 'string', true], ['messages', 'object[]', true], ['stream', 'boolean', false]]);
  });
  it('tells routes apart that differ in their last stroke', () => {
    const both = routesOf({ paths: { '/ask': { post: {} }, '/ask/': { post: {} } } });
    expect(new Set(both.map((route) => route.id)).size).toBe(2);
  });
  it('groups them by tag, in their order', () => {
    expect(byTag(routes).map(([tag, found]) => [tag, found.length])).toEqual([['ollama', 1], ['fragua', 1], ['openai', 1]]);
  });
  it('shows no key where none is taken', () => {
    expect(curl({ ...routes[1]!, scope: 'account' }, 'http://x', 'm')).not.toContain('Bearer');
  });
  it('finds routes by all of the words', () => {
    expect(search(routes, 'revoke KEY').length).toBe(1);
    expect(search(routes, 'delete chat').length).toBe(0);
    expect(search(routes, ' ').length).toBe(3);
  });
  it('writes a command that works when pasted', () => {
    expect(curl(routes[0]!, 'http://localhost:3000', 'm')).toBe('curl http://localhost:3000/api/version');
    expect(curl(routes[2]!, 'http://localhost:3000', "it's")).toContain(`-d '{"model":"it'\\''s","messages":[{"role":"user","content":"Hello"}]}'`);
  });
  it('makes examples and names types, however deep', () => {
    expect(example({ type: 'object', required: ['a'], properties: { a: { type: 'array', items: { type: 'integer' } } } })).toEqual({ a: [1] });
    expect(typeOf({ enum: ['a', 1] })).toBe('"a" | 1');
    const endless: { type: string; required: string[]; properties: Record<string, object> } = { type: 'object', required: ['self'], properties: {} };
    endless.properties.self = endless;
    expect(() => example(endless)).not.toThrow();
  });
});
