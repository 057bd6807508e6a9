import type { Routes } from '@angular/router';
import { Home } from './home/home';

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'conciertos', loadComponent: () => import('./events/events').then((module) => module.Events) },
  { path: 'concierto/:key', loadComponent: () => import('./event/event').then((module) => module.Event) },
  { path: '**', loadComponent: () => import('./not_found/not_found').then((module) => module.NotFound) },
];
