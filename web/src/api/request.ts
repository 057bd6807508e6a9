// One way to the server: same origin, the session's cookie, typed errors.

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId = '',
    readonly retryAfterS = 0,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  json?: unknown;
  body?: BodyInit;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

let onUnauthorized: () => void = () => {};

/** The session store says what happens when the server does not know us any more. */
export function whenUnauthorized(handler: () => void): void {
  onUnauthorized = handler;
}

export function url(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export async function errorOf(answer: Response): Promise<ApiError> {
  const requestId = answer.headers.get('X-Request-Id') ?? '';
  const retryAfterS = Number(answer.headers.get('Retry-After') ?? 0) || 0;
  const text = await answer.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as { error: string | { code?: string; message?: string } };
    if (typeof error === 'string') return new ApiError(answer.status, '', error, requestId, retryAfterS);
    return new ApiError(answer.status, error.code ?? '', error.message ?? '', requestId, retryAfterS);
  } catch {
    return new ApiError(answer.status, '', '', requestId, retryAfterS);
  }
}

/** The raw answer, for streams and downloads. Throws ApiError; status 0 means that the server was not reached. */
export async function open(path: string, options: RequestOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.json !== undefined) headers['Content-Type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(url(path, options.query), {
      method: options.method ?? (options.json === undefined && options.body === undefined ? 'GET' : 'POST'),
      headers,
      body: options.json === undefined ? (options.body ?? null) : JSON.stringify(options.json),
      signal: options.signal ?? null,
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, 'unreachable', '');
  }
  if (answer.ok) return answer;
  const error = await errorOf(answer);
  if (answer.status === 401 && path !== '/api/v1/session') onUnauthorized();
  throw error;
}

export async function request<T = void>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await open(path, options);
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}
