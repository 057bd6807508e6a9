import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { FraguaChat } from './chat.component';
import { provideFragua } from './config';
import type { FraguaError } from './errors';
import { FraguaSearch } from './search.component';
import type { SelectedItem, ShownSearch } from './types';

@Component({
  imports: [FraguaChat, FraguaSearch],
  template: `
    <fragua-search link="/evento/{key}" [lang]="lang()" [limit]="6" [labels]="{ city: 'Town' }" (searched)="searched = $event" (selected)="choose($event)" (failed)="failed = $event" />
    <fragua-chat title="Ayuda" [lang]="lang()" theme="dark" [(open)]="open" (failed)="failed = $event" />
  `,
})
class Page {
  readonly lang = signal<'es' | 'en'>('es');
  readonly open = signal(false);
  searched?: ShownSearch;
  chosen?: SelectedItem;
  failed?: FraguaError;
  choose(event: CustomEvent<SelectedItem>): void {
    event.preventDefault();
    this.chosen = event.detail;
  }
}

let fixture: ComponentFixture<Page>;
const element = (name: 'fragua-search' | 'fragua-chat') => fixture.nativeElement.querySelector(name) as HTMLElement;
const tell = (from: HTMLElement, name: string, detail: object) => from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideFragua({ endpoint: '/api/fragua', catalogue: 'tickets', assistant: 'knowing' })] });
  fixture = TestBed.createComponent(Page);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  await Promise.all(['fragua-chat', 'fragua-search'].map((name) => customElements.whenDefined(name)));
});
afterEach(() => fixture.nativeElement.remove());

describe('the wrappers', () => {
  it('are the web components themselves, set up by the configuration', () => {
    const attributes = (of: HTMLElement) => Object.fromEntries(of.getAttributeNames().filter((name) => !name.startsWith('ng-')).map((name) => [name, of.getAttribute(name)]));
    expect(attributes(element('fragua-search'))).toMatchObject({ endpoint: '/api/fragua', catalogue: 'tickets', link: '/evento/{key}', limit: '6', labels: '{"city":"Town"}', lang: 'es', theme: 'auto' });
    expect(attributes(element('fragua-chat'))).toMatchObject({ endpoint: '/api/fragua', model: 'knowing', title: 'Ayuda', lang: 'es', theme: 'dark' });
    for (const name of ['fragua-search', 'fragua-chat'] as const) {
      expect(element(name).shadowRoot!.childElementCount).toBeGreaterThan(0);
      expect(element(name).hasAttribute('key')).toBe(false);
    }
  });
  it('follow the language', async () => {
    fixture.componentInstance.lang.set('en');
    await fixture.whenStable();
    expect(element('fragua-search').shadowRoot!.querySelector('button')!.textContent).toBe('Search');
  });
  it('open and close with the page', async () => {
    fixture.componentInstance.open.set(true);
    await fixture.whenStable();
    expect(element('fragua-chat').hasAttribute('open')).toBe(true);
    (element('fragua-chat') as HTMLElement & { hide(): void }).hide();
    expect(fixture.componentInstance.open()).toBe(false);
  });
  it('tell what happens', () => {
    const shown = { query: 'punk', filter: {}, total: 3, not_understood: [] };
    tell(element('fragua-search'), 'fragua-search', shown);
    expect(fixture.componentInstance.searched).toEqual(shown);
    expect(tell(element('fragua-search'), 'fragua-select', { key: 'e1', fields: {} })).toBe(false);
    expect(fixture.componentInstance.chosen).toEqual({ key: 'e1', fields: {} });
    tell(element('fragua-chat'), 'fragua-error', { status: 503, message: 'full' });
    expect(fixture.componentInstance.failed).toMatchObject({ kind: 'busy', message: 'full' });
  });
});
