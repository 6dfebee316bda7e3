import type { Request, Response } from 'express';

/** The pattern of a request's route, such as `/webhook-events/:id`; null when its path leads nowhere. */
export function routeOf(request: Request, response: Response): string | null {
  const { route } = request as { route?: { path?: unknown } };
  const told: unknown = response.locals['route'] ?? route?.path;
  // What no route takes still has the pattern of the last middleware that Nest registered for every path.
  return typeof told === 'string' && told.startsWith('/') ? told : null;
}
