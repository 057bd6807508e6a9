// Something that is read from the server when a page opens, and again when it changed.
import { isAbort } from '../api/request';

export class Resource<T> {
  value = $state.raw<T | undefined>();
  failure = $state.raw<unknown>();

  constructor(private readonly read: () => Promise<T>) {
    void this.load();
  }

  load = async (): Promise<void> => {
    try {
      this.value = await this.read();
      this.failure = undefined;
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    }
  };
}
