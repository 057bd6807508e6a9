// From the server's own description of its API to what the page shows.

export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  description?: string;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  'x-scope'?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  about: string;
  place: 'path' | 'query' | 'body' | 'header';
}

export interface Route {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  about: string;
  scope: string;
  fields: Field[];
  body: Schema | undefined;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const MAX_DEPTH = 4;

function resolve(schema: Schema | undefined, api: OpenApi): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name ? api.components?.schemas?.[name] : schema;
}

export function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'any';
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  if (types.includes('array')) return `${typeOf(schema.items)}[]`;
  return types.join(' | ');
}

function fieldsOf(operation: Operation, body: Schema | undefined): Field[] {
  const parameters = (operation.parameters ?? []).map<Field>((p) => ({ name: p.name, type: typeOf(p.schema), required: p.required ?? false, about: p.description ?? '', place: p.in as Field['place'] }));
  const inBody = Object.entries(body?.properties ?? {}).map<Field>(([name, schema]) => ({ name, type: typeOf(schema), required: body?.required?.includes(name) ?? false, about: schema.description ?? '', place: 'body' }));
  return [...parameters, ...inBody];
}

export function routesOf(api: OpenApi): Route[] {
  return Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => {
        const body = resolve(operation.requestBody?.content?.['application/json']?.schema, api);
        return {
          id: `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          tag: operation.tags?.[0] ?? '',
          summary: operation.summary ?? '',
          about: operation.description ?? '',
          scope: operation['x-scope'] ?? '',
          fields: fieldsOf(operation, body),
          body,
        };
      }),
  );
}

/** In the order in which the tags come. */
export function byTag(routes: readonly Route[]): [string, Route[]][] {
  const groups = new Map<string, Route[]>();
  for (const route of routes) groups.set(route.tag, [...(groups.get(route.tag) ?? []), route]);
  return [...groups];
}

export function search(routes: readonly Route[], words: string): Route[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return routes.filter((route) => {
    const text = `${route.method} ${route.path} ${route.summary} ${route.scope}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** A value that the schema would take: what it gives as an example, or the plainest of its kind. */
export function example(schema: Schema | undefined, depth = 0): unknown {
  if (!schema || depth > MAX_DEPTH) return null;
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const type = [schema.type ?? (schema.properties ? 'object' : '')].flat()[0];
  if (type === 'array') return schema.items ? [example(schema.items, depth + 1)] : [];
  if (type === 'object') {
    const names = schema.required ?? [];
    return Object.fromEntries(names.map((name) => [name, example(schema.properties?.[name], depth + 1)]));
  }
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  return type === 'string' ? 'text' : null;
}

// What people send first, where the schema alone would give "text".
const KNOWN: Record<string, (model: string) => unknown> = {
  model: (model) => model,
  messages: () => [{ role: 'user', content: 'Hello' }],
  prompt: () => 'Hello',
  input: () => 'Hello',
  max_tokens: () => 256,
};

export function curl(route: Route, origin: string, model: string): string {
  const lines = [`curl ${route.method === 'GET' ? '' : `-X ${route.method} `}${origin}${route.path}`];
  // Routes of the scope "account" are for a signed-in browser: no key opens them.
  if (route.scope === 'account') lines.push('-b "fragua_session=$FRAGUA_SESSION"');
  else if (route.scope !== 'open') lines.push(`-H "Authorization: Bearer $FRAGUA_API_KEY"`);
  if (route.body) {
    const body = (example(route.body) ?? {}) as Record<string, unknown>;
    for (const [name, value] of Object.entries(KNOWN)) {
      if (name in body || (name in (route.body.properties ?? {}) && ['model', 'messages', 'prompt'].includes(name))) body[name] = value(model);
    }
    lines.push(`-H "Content-Type: application/json"`, `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}
