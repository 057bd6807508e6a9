// What the assistant says by itself, in Spanish and English.

const en = {
  title: 'Assistant',
  open: 'Open the chat: {title}',
  close: 'Close the chat',
  clear: 'New conversation',
  dialogue: 'Conversation',
  question: 'Your message',
  placeholder: 'Ask something…',
  send: 'Send',
  stop: 'Stop',
  you: 'You',
  answering: 'Answering…',
  stopped: 'Stopped.',
  cut: 'The answer reached its maximum length.',
  empty: 'How can I help?',
  unreachable: 'The server cannot be reached. Try again in a moment.',
  unauthorized: 'This page is not signed in to the assistant.',
  forbidden: 'This page may not use the assistant.',
  not_found: 'The assistant is not set up: its model or address does not exist.',
  too_many: 'Too many questions. Try again in {seconds} s.',
  busy: 'The assistant is busy. Try again in a moment.',
  broken: 'The answer broke off. Try again.',
  failed: 'That did not work ({status}).',
};

export type Text = keyof typeof en;

const es: Record<Text, string> = {
  title: 'Asistente',
  open: 'Abrir el chat: {title}',
  close: 'Cerrar el chat',
  clear: 'Conversación nueva',
  dialogue: 'Conversación',
  question: 'Tu mensaje',
  placeholder: 'Pregunta algo…',
  send: 'Enviar',
  stop: 'Detener',
  you: 'Tú',
  answering: 'Respondiendo…',
  stopped: 'Detenido.',
  cut: 'La respuesta llegó a su longitud máxima.',
  empty: '¿En qué puedo ayudarte?',
  unreachable: 'No se puede llegar al servidor. Inténtalo de nuevo en un momento.',
  unauthorized: 'Esta página no ha iniciado sesión en el asistente.',
  forbidden: 'Esta página no puede usar el asistente.',
  not_found: 'El asistente no está configurado: su modelo o su dirección no existe.',
  too_many: 'Demasiadas preguntas. Inténtalo de nuevo en {seconds} s.',
  busy: 'El asistente está ocupado. Inténtalo de nuevo en un momento.',
  broken: 'La respuesta se interrumpió. Inténtalo de nuevo.',
  failed: 'No ha funcionado ({status}).',
};

const TEXTS = { es, en };
export type Language = keyof typeof TEXTS;

/** The first wanted language that we speak; a region is of no matter. */
export function languageOf(...wanted: (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.slice(0, 2).toLowerCase();
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

export function text(language: Language, key: Text, values: Record<string, string | number> = {}): string {
  return TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
