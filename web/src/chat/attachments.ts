// Files that go with a question: pictures as they are, texts inside the question's own text.

import { upload } from '../api/upload';

export interface TextFile {
  name: string;
  text: string;
}

export interface Picture {
  name: string;
  /** Base64 without the data: prefix, as the API takes it. */
  base64: string;
  /** For showing it here. */
  url: string;
}

export const TEXT_FILE_MAX_BYTES = 1_000_000;
export const PICTURE_MAX_BYTES = 20_000_000;
export const DOCUMENT_MAX_BYTES = 64 * 2 ** 20;

const TEXT_NAMES = /\.(txt|md|markdown|csv|tsv|json|jsonl|ya?ml|toml|ini|conf|log|xml|html?|css|js|mjs|jsx|ts|tsx|svelte|vue|py|rb|rs|go|java|kt|c|h|cc|cpp|hpp|cs|php|sh|bash|ps1|sql|r|lua|swift|tex|diff|patch|srt|env|gradle|cmake|dockerfile|makefile)$/i;

/** What the server reads: its text goes with the question. */
const DOCUMENT_NAMES = /\.(pdf|docx?|odt|pptx?|odp|xlsx?|ods|epub|rtf|eml|tiff?|heic)$/i;

export function kindOf(file: { name: string; type: string }): 'picture' | 'text' | 'document' | 'other' {
  if (/^image\/(png|jpeg|webp|gif|bmp)$/.test(file.type)) return 'picture';
  if (file.type.startsWith('text/') || file.type === 'application/json' || TEXT_NAMES.test(file.name)) return 'text';
  if (DOCUMENT_NAMES.test(file.name)) return 'document';
  return 'other';
}

export const MAX_BYTES = { picture: PICTURE_MAX_BYTES, text: TEXT_FILE_MAX_BYTES, document: DOCUMENT_MAX_BYTES } as const;

const escapeName = (name: string) => name.replace(/[<>"\r\n]/g, '_');

/** The question with its files. A file whose text holds the end mark would end early: the mark is broken up there. */
export function withFiles(text: string, files: readonly TextFile[]): string {
  const parts = files.map((file) => `<file name="${escapeName(file.name)}">\n${file.text.replaceAll('</file>', '<\\/file>')}\n</file>`);
  return [...parts, text].filter(Boolean).join('\n\n');
}

const FILE = /^<file name="([^"\n]*)">\n([\s\S]*?)\n<\/file>(?:\n\n|$)/;

/** The other way round, for showing a stored question. */
export function splitFiles(content: string): { text: string; files: TextFile[] } {
  const files: TextFile[] = [];
  let rest = content;
  for (let found = FILE.exec(rest); found; found = FILE.exec(rest)) {
    files.push({ name: found[1] ?? '', text: (found[2] ?? '').replaceAll('<\\/file>', '</file>') });
    rest = rest.slice(found[0].length);
  }
  return { text: rest, files };
}

export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let binary = '';
  // In pieces: the arguments of one call have a limit.
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

/** What the engine's decoder reads; the browser turns the rest into PNG. */
const READABLE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/bmp']);

async function asPng(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(file.name))), 'image/png');
  });
}

export async function readPicture(file: File): Promise<Picture> {
  const picture = READABLE.has(file.type) ? file : await asPng(file);
  return { name: file.name, base64: toBase64(await picture.arrayBuffer()), url: URL.createObjectURL(picture) };
}

/** The server reads it and keeps nothing. */
export async function readDocument(file: File, signal: AbortSignal): Promise<TextFile & { truncated: boolean }> {
  const form = new FormData();
  form.append('file', file);
  const { text, truncated } = await upload<{ text: string; truncated: boolean }>('/api/v1/documents/text', form, { signal });
  return { name: file.name, text, truncated };
}

const CHARACTERS_A_TOKEN = 3.5;

/** Whether so much text hardly fits into what the model takes in at once, with room for an answer. */
export function isLong(files: readonly TextFile[], contextTokens: number): boolean {
  return files.reduce((sum, file) => sum + file.text.length, 0) / CHARACTERS_A_TOKEN > contextTokens * 0.75;
}
