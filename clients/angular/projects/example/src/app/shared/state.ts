// A request as a template shows it: done, failed with words for the visitor, or still under way.
import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FraguaError } from '@fragua/angular';
import { catchError, map, type Observable, of, startWith, switchMap } from 'rxjs';

export interface State<T> {
  value?: T;
  error?: FraguaError;
}

/** The newest request's state; the one before is cancelled. Called while a component is made. */
export function stateOf<T>(requests: Observable<Observable<T>>): Signal<State<T>> {
  const states = switchMap((request: Observable<T>) => request.pipe(
    map((value): State<T> => ({ value })),
    catchError((error: unknown) => of<State<T>>({ error: FraguaError.of(error) })),
    startWith<State<T>>({}),
  ));
  return toSignal(requests.pipe(states), { initialValue: {} });
}
