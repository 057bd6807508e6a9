import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { upload } from './upload';

class FakeRequest {
  static last: FakeRequest;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = '';
  sent: Blob | undefined;
  constructor() {
    FakeRequest.last = this;
  }
  open() {}
  setRequestHeader() {}
  getResponseHeader = (name: string) => (name === 'X-Request-Id' ? 'req_1' : null);
  send(file: Blob) {
    this.sent = file;
  }
  abort() {
    this.onabort?.();
  }
  answer(status: number, text: string) {
    Object.assign(this, { status, responseText: text });
    this.onload?.();
  }
}

describe('upload', () => {
  beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest));
  afterEach(() => vi.unstubAllGlobals());
  const file = new Blob(['abc']);

  it('tells how far it is and gives the answer', async () => {
    const seen: number[] = [];
    const done = upload<{ digest: string }>('/x', file, { onprogress: (sent, total) => seen.push(sent / total) });
    FakeRequest.last.upload.onprogress?.({ loaded: 1, total: 2 });
    FakeRequest.last.answer(201, '{"digest":"sha256:1"}');
    expect((await done).digest).toBe('sha256:1');
    expect(seen).toEqual([0.5]);
  });
  it('throws what the server says, with the request id', async () => {
    const done = upload('/x', file);
    FakeRequest.last.answer(413, '{"error":{"code":"too_large","message":"too large"}}');
    await expect(done).rejects.toMatchObject({ status: 413, message: 'too large', requestId: 'req_1' });
  });
  it('ends even when the answer is no JSON', async () => {
    const done = upload('/x', file);
    FakeRequest.last.answer(502, '<html>');
    await expect(done).rejects.toMatchObject({ status: 502 });
  });
  it('ends as aborted when it is stopped', async () => {
    const stop = new AbortController();
    const done = upload('/x', file, { signal: stop.signal });
    stop.abort();
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
  });
});
