// What the assistant says by itself, in Spanish and English.
import { filled, type Language, type Values } from '../../shared/language';

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

const TEXTS: Record<Language, Record<Text, string>> = { es, en };

export function text(language: Language, key: Text, values?: Values): string {
  return filled(TEXTS[language][key], values);
}
