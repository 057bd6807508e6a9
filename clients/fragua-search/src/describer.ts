// The description of the catalogue: asked for once, when it is first needed.
import { describe, type Description, type Item, type Source } from './catalogue';

export class Describer {
  private known: { name: string; description: Description } | undefined;

  get description(): Description | undefined {
    return this.known?.description;
  }

  async ensure(source: Source, signal: AbortSignal): Promise<Description> {
    if (this.known?.name !== source.catalogue) this.known = { name: source.catalogue, description: await describe(source, signal) };
    return this.known.description;
  }

  titleOf(item: Item): string {
    const field = this.description?.fields.find(({ kind }) => kind === 'title');
    return String((field && item.fields[field.name]) || item.key);
  }
}
