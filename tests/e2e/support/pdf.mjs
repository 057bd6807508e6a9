// PDFs for tests: pages of lines in Helvetica, and the same behind a password (the oldest cipher that readers still know: RC4, 40 bits).
import { createHash } from 'node:crypto';

const PADDING = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex');
const ALLOWED = -4;

const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password) => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);

function rc4(key, data) {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i] + key[i % key.length]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
  }
  let [i, j] = [0, 0];
  return Buffer.from(data).map((byte) => {
    i = (i + 1) & 255;
    j = (j + state[i]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
    return byte ^ state[(state[i] + state[j]) & 255];
  });
}

function protection(password) {
  const id = md5(Buffer.from('fragua'));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(ALLOWED);
  const owner = rc4(md5(padded(password)).subarray(0, 5), padded(password));
  const key = md5(padded(password), owner, permissions, id).subarray(0, 5);
  const dictionary = `<</Filter/Standard/V 1/R 2/P ${ALLOWED}/O<${owner.toString('hex')}>/U<${rc4(key, PADDING).toString('hex')}>>>`;
  const encrypt = (number, data) => rc4(md5(key, Buffer.from([number & 255, number >> 8, 0, 0, 0])).subarray(0, 10), data);
  return { id, dictionary, encrypt };
}

const drawn = (lines) => `BT /F 14 Tf 72 720 Td 22 TL ${lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join(' ')} ET`;

/** Each page is an array of lines (Latin-1). */
export function pdf(pages, password = '') {
  const secret = password && protection(password);
  const first = 4;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ');
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  for (const lines of pages) {
    const number = objects.length + 2;
    const plain = Buffer.from(drawn(lines), 'latin1');
    const content = secret ? secret.encrypt(number, plain) : plain;
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents ${number} 0 R>>`);
    objects.push(Buffer.concat([Buffer.from(`<</Length ${content.length}>>\nstream\n`), content, Buffer.from('\nendstream')]));
  }
  if (secret) objects.push(secret.dictionary);
  const parts = [Buffer.from('%PDF-1.4\n')];
  const places = [];
  const size = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [i, object] of objects.entries()) {
    places.push(size());
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object, 'latin1'), Buffer.from('\nendobj\n'));
  }
  const table = size();
  const id = secret ? `/ID[<${secret.id.toString('hex')}><${secret.id.toString('hex')}>]/Encrypt ${objects.length} 0 R` : '';
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${id}>>\nstartxref\n${table}\n%%EOF\n`));
  return Buffer.concat(parts);
}
