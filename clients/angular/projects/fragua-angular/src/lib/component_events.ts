// What the web components' events carry. Angular's templates know an event of a name of our own only as an Event.
import { FraguaError } from './errors';

export function detailOf<T>(event: Event): T {
  return (event as CustomEvent<T>).detail;
}

export function errorOf(event: Event): FraguaError {
  const { status, message } = detailOf<{ status: number; message: string }>(event);
  return FraguaError.ofStatus(status, message);
}
