// What may go wrong, as a kind to branch on, with words for the visitor: what happened and what to do.
import { HttpErrorResponse } from '@angular/common/http';
import { TimeoutError } from 'rxjs';

export type FraguaErrorKind =
  | 'unreachable' | 'timeout' | 'unauthorized' | 'forbidden' | 'not_found' | 'refused' | 'too_many' | 'busy' | 'broken' | 'failed';

type Language = 'es' | 'en';

const WORDS: Record<Language, Record<FraguaErrorKind, [what: string, todo: string]>> = {
  en: {
    unreachable: ['The server cannot be reached.', 'Check the connection and try again in a moment.'],
    timeout: ['The answer took too long.', 'Try again, perhaps with a shorter question.'],
    unauthorized: ['This page is not signed in to the service.', 'Tell us: the site has to renew its key.'],
    forbidden: ['This page may not use the service.', 'Tell us: the site\'s key lacks a permission.'],
    not_found: ['What was asked for does not exist.', 'Go back and choose again.'],
    refused: ['The question was not accepted.', 'Ask in other words.'],
    too_many: ['There were too many questions.', 'Wait {seconds} s and try again.'],
    busy: ['The service is busy.', 'Try again in a moment.'],
    broken: ['The answer broke off.', 'Try again.'],
    failed: ['That did not work.', 'Try again; if it happens again, tell us.'],
  },
  es: {
    unreachable: ['No se puede llegar al servidor.', 'Comprueba la conexión e inténtalo de nuevo en un momento.'],
    timeout: ['La respuesta ha tardado demasiado.', 'Inténtalo de nuevo, quizá con una pregunta más corta.'],
    unauthorized: ['Esta página no ha iniciado sesión en el servicio.', 'Avísanos: el sitio tiene que renovar su clave.'],
    forbidden: ['Esta página no puede usar el servicio.', 'Avísanos: a la clave del sitio le falta un permiso.'],
    not_found: ['Lo que buscas no existe.', 'Vuelve atrás y elige de nuevo.'],
    refused: ['La pregunta no se ha aceptado.', 'Pregunta con otras palabras.'],
    too_many: ['Ha habido demasiadas preguntas.', 'Espera {seconds} s e inténtalo de nuevo.'],
    busy: ['El servicio está ocupado.', 'Inténtalo de nuevo en un momento.'],
    broken: ['La respuesta se interrumpió.', 'Inténtalo de nuevo.'],
    failed: ['No ha funcionado.', 'Inténtalo de nuevo; si vuelve a pasar, avísanos.'],
  },
};

const RETRY_AFTER_S = 10;

function kindOf(status: number): FraguaErrorKind {
  switch (status) {
    // A proxy answers 502 and 504 for a server that is not there.
    case 0: case 502: case 504: return 'unreachable';
    case 400: case 413: case 422: return 'refused';
    case 401: return 'unauthorized';
    case 403: return 'forbidden';
    case 404: return 'not_found';
    case 429: return 'too_many';
    case 503: return 'busy';
    default: return status < 300 ? 'broken' : 'failed';
  }
}

/** The server's own words: {"error": "…"} or {"error": {"message": "…"}}. */
export function messageOf(body: unknown): string {
  const error = (body as { error?: string | { message?: string } } | null)?.error;
  return (typeof error === 'string' ? error : error?.message) ?? '';
}

/** `message` is the server's, for the log; visitors read `whatHappened` and `whatToDo`. */
export class FraguaError extends Error {
  override readonly name = 'FraguaError';

  constructor(
    readonly kind: FraguaErrorKind,
    readonly status: number,
    message: string,
    readonly retryAfterS = 0,
  ) {
    super(message || kind);
  }

  static ofStatus(status: number, message: string, retryAfterS = 0): FraguaError {
    return new FraguaError(kindOf(status), status, message, retryAfterS);
  }

  static of(error: unknown): FraguaError {
    if (error instanceof FraguaError) return error;
    if (error instanceof TimeoutError) return new FraguaError('timeout', 0, error.message);
    if (error instanceof HttpErrorResponse)
      return FraguaError.ofStatus(error.status, messageOf(error.error) || error.message, Number(error.headers.get('Retry-After')) || 0);
    return new FraguaError('broken', 200, error instanceof Error ? error.message : String(error));
  }

  whatHappened(language: Language): string {
    return WORDS[language][this.kind][0];
  }

  whatToDo(language: Language): string {
    return WORDS[language][this.kind][1].replace('{seconds}', String(this.retryAfterS || RETRY_AFTER_S));
  }
}
