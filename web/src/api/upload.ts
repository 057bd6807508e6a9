// A file on its way to the server, with how far it is. fetch() does not tell how much of a body has left; XMLHttpRequest does.
import { ApiError, errorOf } from './request';

export interface UploadOptions {
  type?: string;
  signal?: AbortSignal;
  onprogress?: (sent: number, total: number) => void;
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = ['X-Request-Id', 'Retry-After'].flatMap((name) => {
    const value = request.getResponseHeader(name);
    return value ? [[name, value] as [string, string]] : [];
  });
  return new Response(request.responseText, { status: request.status, headers });
}

/** Throws ApiError as request() does; an abort throws AbortError. */
export function upload<T>(path: string, file: Blob | FormData, { type = 'application/octet-stream', signal, onprogress }: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(new DOMException('', 'AbortError'));
    if (signal?.aborted) return aborted();
    const request = new XMLHttpRequest();
    request.open('POST', path);
    // A form's type has the boundary between its parts, which only the browser knows.
    if (file instanceof Blob) request.setRequestHeader('Content-Type', type);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onprogress?.(loaded, total);
    request.onload = async () => {
      if (request.status < 200 || request.status >= 300) return reject(await errorOf(answerOf(request)));
      try {
        resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as T);
      } catch {
        reject(new ApiError(request.status, '', ''));
      }
    };
    request.onerror = () => reject(new ApiError(0, 'unreachable', ''));
    request.onabort = aborted;
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
