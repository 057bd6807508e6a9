// Addresses: of the API, and of the pages here.
const part = encodeURIComponent;

export const COLLECTIONS = '/api/v1/collections';
export const collectionPath = (id: string) => `${COLLECTIONS}/${part(id)}`;
export const documentPath = (id: string) => `/api/v1/documents/${part(id)}`;
export const filePath = (id: string) => `${documentPath(id)}/file`;
export const imagePath = (id: string, page: number, width: number) => `${documentPath(id)}/pages/${page}/image?width=${width}`;

export const placePath = (id: string) => `${documentPath(id)}/place`;

export type View = 'documents' | 'ask' | 'passages';

export function collectionPage(id: string, view: View = 'documents'): string {
  return `/documents/${part(id)}${view === 'documents' ? '' : `?view=${view}`}`;
}

export function documentPage(collection: string, document: string, page = 0): string {
  return `/documents/${part(collection)}/${part(document)}${page > 0 ? `?page=${page}` : ''}`;
}
