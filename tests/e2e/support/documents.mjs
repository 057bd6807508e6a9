// What people do on the documents pages, and the files that they bring.
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { pdf } from './pdf.mjs';

export const PASSWORD_OF_FILE = 'abrete sesamo';

export const FILES = {
  'tickets.pdf': pdf([
    ['Ticket shop: general conditions', '', 'This manual is for the staff of the counter.'],
    ['Returns', '', 'Tickets can be returned within 15 days of purchase.', 'The money is paid back to the same card.', 'After the concert nothing is returned.'],
    ['Opening hours', '', 'The counter opens from 10 to 14 on weekdays.', 'On Sundays it stays closed.'],
  ]),
  'gimnasio.md': '# Gimnasio\n\nLa cuota mensual del gimnasio es de 32 euros.\n\nEl gimnasio abre a las siete de la mañana.\n\n<img src=x onerror="window.hurt=true"><script>window.hurt=true</script>\n',
  'broken.pdf': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(4000, 0x91)]),
  'payroll.pdf': pdf([['Payroll', '', 'The Christmas bonus is paid on the 20th of December.']], PASSWORD_OF_FILE),
  'dropped.txt': 'The lost property office is on the second floor, next to the lift.\n',
};

/** Writes them where the browser can take them. */
export async function place(folder) {
  const paths = {};
  for (const [name, content] of Object.entries(FILES)) {
    paths[name] = join(folder, name);
    await writeFile(paths[name], content);
  }
  return paths;
}

// A small model on a busy machine.
export const ANSWER_MS = 240_000;

export class Documents {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.list = this.main.getByRole('list', { name: 'Documents' });
    this.question = page.getByRole('textbox', { name: 'Ask the documents' });
    this.answers = this.main.getByRole('article', { name: 'Answer' });
    this.panel = page.getByRole('dialog');
  }

  row(name) {
    return this.list.getByRole('listitem').filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  is(name, state) {
    return this.row(name).getByText(state, { exact: true }).waitFor({ timeout: 120_000 });
  }

  /** The field is hidden: what is pressed is the button before it. */
  async upload(...paths) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.main.getByRole('button', { name: 'Upload files' }).click()]);
    await chooser.setFiles(paths);
  }

  async drop(name, content) {
    const files = await this.page.evaluateHandle(([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name, { type: 'text/plain' }));
      return transfer;
    }, [name, content]);
    const zone = this.main.getByRole('group', { name: 'Documents', exact: true });
    await zone.dispatchEvent('dragenter', { dataTransfer: files });
    await this.page.getByText('Drop the files here').waitFor();
    await zone.dispatchEvent('drop', { dataTransfer: files });
  }

  async choose(menu, item) {
    await this.main.getByRole('button', { name: menu, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  async ask(question) {
    const before = await this.answers.count();
    await this.question.fill(question);
    await this.question.press('Enter');
    await this.answers.nth(before).waitFor();
    await this.page.waitForFunction((n) => document.querySelectorAll('main article[aria-busy]')[n]?.getAttribute('aria-busy') === 'false', before, { timeout: ANSWER_MS });
    return this.answers.nth(before);
  }
}
