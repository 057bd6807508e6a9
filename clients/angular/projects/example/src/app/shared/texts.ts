// What the shop says, in Spanish and English.

const es = {
  skip: 'Ir al contenido',
  home: 'Inicio',
  events: 'Conciertos',
  language: 'Idioma',
  footer: 'Tienda de ejemplo de Fragua. Todos los conciertos son inventados.',
  chat: 'Asistente de Distorsión',
  hero: 'Encuentra tu próximo concierto',
  hero_text: 'Escribe como hablas: estilo, ciudad, fecha o precio.',
  placeholder: 'thrash metal en Valencia por menos de 30',
  try: 'Prueba con',
  explore: 'Explora por {label}',
  all_events: 'Todos los conciertos',
  found: '{count} conciertos',
  found_one: '1 concierto',
  none: 'No hay conciertos así. Quita alguna condición.',
  words: 'Con tus palabras',
  words_placeholder: 'punk en Bilbao este mes',
  fill: 'Rellenar',
  any: 'Cualquiera',
  from: 'Desde',
  until: 'Hasta',
  price_max: 'Precio máximo',
  sort: 'Orden',
  by_date: 'Por fecha',
  by_price: 'Por precio',
  by_title: 'Por nombre',
  reset: 'Borrar filtros',
  previous: 'Anteriores',
  next: 'Siguientes',
  pages: 'Páginas',
  page: 'Página {page} de {pages}',
  price: 'desde {price}',
  free: 'gratis',
  loading: 'Cargando…',
  again: 'Reintentar',
  ask: 'Pregunta por este concierto',
  ask_question: '¿Qué me puedes contar de {title}?',
  zone: 'Zona',
  zone_price: 'Precio',
  zone_left: 'Quedan',
  similar: 'También te puede gustar',
  missing: 'Esta página no existe',
  missing_event: 'Este concierto no existe o ya no está a la venta.',
};

export type Text = keyof typeof es;

const en: Record<Text, string> = {
  skip: 'Skip to the content',
  home: 'Home',
  events: 'Concerts',
  language: 'Language',
  footer: 'An example shop of Fragua. All concerts are made up.',
  chat: 'Distorsión assistant',
  hero: 'Find your next concert',
  hero_text: 'Write as you speak: style, city, date or price.',
  placeholder: 'thrash metal in Valencia under 30',
  try: 'Try',
  explore: 'Browse by {label}',
  all_events: 'All concerts',
  found: '{count} concerts',
  found_one: '1 concert',
  none: 'There are no such concerts. Take a condition away.',
  words: 'In your words',
  words_placeholder: 'punk in Bilbao this month',
  fill: 'Fill in',
  any: 'Any',
  from: 'From',
  until: 'Until',
  price_max: 'Highest price',
  sort: 'Order',
  by_date: 'By date',
  by_price: 'By price',
  by_title: 'By name',
  reset: 'Clear filters',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages',
  page: 'Page {page} of {pages}',
  price: 'from {price}',
  free: 'free',
  loading: 'Loading…',
  again: 'Try again',
  ask: 'Ask about this concert',
  ask_question: 'What can you tell me about {title}?',
  zone: 'Zone',
  zone_price: 'Price',
  zone_left: 'Left',
  similar: 'You may also like',
  missing: 'This page does not exist',
  missing_event: 'This concert does not exist or is no longer on sale.',
};

export const TEXTS = { es, en };
export type Language = keyof typeof TEXTS;

/** Questions that the home page offers. They are the visitor's words, not ours: each language has its own. */
export const QUESTIONS: Record<Language, string[]> = {
  es: ['thrash metal en Valencia', 'conciertos baratos en Madrid', 'punk en marzo por menos de 25'],
  en: ['thrash metal in Valencia', 'cheap concerts in Madrid', 'punk in March under 25'],
};

// The catalogue's own labels are Spanish; what has no other name here is shown as it is.
const LABELS: Record<string, string> = {
  género: 'genre', ciudad: 'city', estilo: 'style', país: 'country', sala: 'venue', dirección: 'address', 'apertura de puertas': 'doors open', edad: 'age',
  'entradas disponibles': 'tickets left',
};

export function labelIn(language: Language, label: string): string {
  return language === 'en' ? (LABELS[label.toLowerCase()] ?? label) : label;
}
