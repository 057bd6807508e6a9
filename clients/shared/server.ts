// One call to a Fragua server, and what may go wrong with it. Callers: the web components.

export interface Place {
  /** Where the API starts: an origin, a path of this page's origin, or nothing for this page's origin. */
  endpoint: string;
  key: string;
}

/** Status 0: the server was not reached. Status 200: the answer broke off or is none that we know. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfterS = 0,
  ) {
    super(message);
    this.name = 'ServerError';
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export function addressOf(endpoint: string, path: string, base: string): string {
  const start = new URL(endpoint || '/', base);
  if (start.protocol !== 'http:' && start.protocol !== 'https:') throw new ServerError(0, `endpoint "${endpoint}" is no http(s) address`);
  return start.origin + start.pathname.replace(/\/+$/, '') + path;
}

function messageOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: string | { message?: string } };
    return (typeof error === 'string' ? error : error?.message) ?? '';
  } catch {
    return '';
  }
}

export async function call(place: Place, path: string, init: RequestInit): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (init.body) headers['Content-Type'] = 'application/json';
  if (place.key) headers.Authorization = `Bearer ${place.key}`;
  const address = addressOf(place.endpoint, path, document.baseURI);
  let answer: Response;
  try {
    answer = await fetch(address, { ...init, headers, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ServerError(0, error instanceof Error ? error.message : String(error));
  }
  if (answer.ok) return answer;
  throw new ServerError(answer.status, messageOf(await answer.text().catch(() => '')), Number(answer.headers.get('Retry-After')) || 0);
}
