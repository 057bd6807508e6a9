// The pages whose code comes when they are first opened.
import type { Component } from 'svelte';

export const pages: Record<string, () => Promise<{ default: Component<{ section?: string }> }>> = {
  compare: () => import('../chat/ComparePage.svelte'),
  shared: () => import('../conversations/SharedPage.svelte'),
  models: () => import('../models/ModelsPage.svelte'),
  settings: () => import('../settings/SettingsPage.svelte'),
  administration: () => import('../administration/AdministrationPage.svelte'),
  dashboard: () => import('../dashboard/DashboardPage.svelte'),
  reference: () => import('../reference/ReferencePage.svelte'),
};
