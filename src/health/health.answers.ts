import { choice, component, dictionary, type Schema } from '../webhooks/openapi/schema';

const INDICATOR: Schema = {
  type: 'object',
  properties: { status: choice(['up', 'down'], 'Whether it works.') },
  required: ['status'],
  additionalProperties: true,
};

const parts = (description: string, example: object): Schema => dictionary(INDICATOR, description, example);

const UP = { service: { status: 'up' }, database: { status: 'up' }, queue: { status: 'up' } };
const DOWN = { queue: { status: 'down' } };

const result = (status: string, error: object): Schema => ({
  type: 'object',
  properties: {
    status: { type: 'string', const: status },
    info: parts('What works.', UP),
    error: parts('What does not.', error),
    details: parts('Both.', { ...UP, ...error }),
  },
  required: ['status', 'info', 'error', 'details'],
});

export const LIVE = component('Liveness', {
  type: 'object',
  properties: { status: { type: 'string', const: 'ok' } },
  required: ['status'],
});

export const READY = component('Readiness', result('ok', {}));

export const NOT_READY = component('NotReady', result('error', DOWN));
