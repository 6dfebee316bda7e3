import type { Option } from 'commander';
import { OPERATIONAL_EVENT_TYPES, PLATFORM_EVENT_TYPES } from '../webhooks/event-types/platform-event-types';
import { SuggestingOption } from './suggesting-option';

/** The events that the platform emits. A host application may have registered more. */
export const PLATFORM_EVENTS = PLATFORM_EVENT_TYPES.map(({ name }) => name);

/** Those of the system as well. */
export const ALL_EVENTS = [...PLATFORM_EVENTS, ...OPERATIONAL_EVENT_TYPES.map(({ name }) => name)];

/** What an endpoint may ask for to get every event of a group. */
export const EVENT_WILDCARDS = [...new Set(ALL_EVENTS.map((name) => name.replace(/\.[^.]+$/, '.*')))];

/** `--event`, which completion knows some values of. */
export const eventOption = (description: string, suggestions: readonly string[]): Option =>
  new SuggestingOption('--event <name>', description, suggestions);
