import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uploads } from './uploads.svelte';

class FakeRequest {
  static all: FakeRequest[] = [];
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = '';
  headers: string[] = [];
  name = '';
  constructor() {
    FakeRequest.all.push(this);
  }
  open() {}
  setRequestHeader(name: string) {
    this.headers.push(name);
  }
  getResponseHeader = () => null;
  send(form: FormData) {
    this.name = (form.get('file') as File).name;
  }
  abort() {
    this.onabort?.();
  }
  answer(status: number, body: object) {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload?.();
  }
}

const file = (name: string) => new File(['abc'], name);
const states = () => uploads.of('c').map(({ name, state }) => `${name} ${state}`);
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('uploads', () => {
  beforeEach(() => {
    FakeRequest.all = [];
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
  });
  afterEach(() => {
    for (const { id } of uploads.of('c')) uploads.remove(id);
    vi.unstubAllGlobals();
  });

  it('go one after the other, and one that fails does not hold up the rest', async () => {
    const kept = vi.fn();
    const done = uploads.add('c', [file('a.pdf'), file('b.pdf'), file('c.pdf')], kept);
    await settled();
    expect(states()).toEqual(['a.pdf sending', 'b.pdf waiting', 'c.pdf waiting']);
    FakeRequest.all[0]!.upload.onprogress?.({ loaded: 1, total: 4 });
    expect(uploads.of('c')[0]).toMatchObject({ sent: 1, total: 4 });
    FakeRequest.all[0]!.answer(413, { error: { code: 'too_large', message: 'too large' } });
    await settled();
    FakeRequest.all[1]!.answer(200, { documents: [{ duplicate: true }] });
    await settled();
    FakeRequest.all[2]!.answer(201, { documents: [{ duplicate: false }] });
    await done;
    expect(states()).toEqual(['a.pdf failed', 'b.pdf known', 'c.pdf kept']);
    expect(uploads.of('c')[0]!.error).toBe('too large');
    expect(FakeRequest.all.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
    expect(kept).toHaveBeenCalledTimes(2);
    // The boundary between the parts is the browser's.
    expect(FakeRequest.all[0]!.headers).not.toContain('Content-Type');
  });

  it('can be taken back, on the way and before', async () => {
    const done = uploads.add('c', [file('a.pdf'), file('b.pdf')], () => {});
    await settled();
    const [first, second] = uploads.of('c');
    uploads.remove(second!.id);
    uploads.remove(first!.id);
    await done;
    expect(states()).toEqual([]);
    expect(FakeRequest.all.length).toBe(1);
  });
});
