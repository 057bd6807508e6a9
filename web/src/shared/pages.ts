// The pages whose code comes when they are first opened.
import type { Component } from 'svelte';

// Some take a section, some take nothing: no narrower type fits both.
export type LoadPage = () => Promise<{ default: Component<any> }>;

export const pages: Record<string, LoadPage> = {
  compare: () => import('../chat/ComparePage.svelte'),
  shared: () => import('../conversations/SharedPage.svelte'),
  models: () => import('../models/ModelsPage.svelte'),
  documents: () => import('../documents/DocumentsPage.svelte'),
  collection: () => import('../documents/CollectionPage.svelte'),
  document: () => import('../documents/DocumentPage.svelte'),
  settings: () => import('../settings/SettingsPage.svelte'),
  administration: () => import('../administration/AdministrationPage.svelte'),
  dashboard: () => import('../dashboard/DashboardPage.svelte'),
  reference: () => import('../reference/ReferencePage.svelte'),
};
