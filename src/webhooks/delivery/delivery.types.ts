import type { RetryPolicy } from './retry-policy';
import type { TlsColumns } from '../endpoints/endpoint-security.types';

/** A row that should have a job: what the queue needs to know of it. */
export interface Enqueueable {
  id: string;
  customerId: string;
  endpointId: string;
  round: number;
  /** Attempts left in this round. */
  attempts: number;
  /** Until the attempt is due. */
  delayMs: number;
  /** Attempts made, over all rounds. */
  made: number;
  /** Of its emit; left out when it is not traced, or not known here. */
  traceparent?: string | null;
}

/** The same of a row that goes in one job with others: what is left of its budget is looked up when it is due. */
export type Bundleable = Omit<Enqueueable, 'attempts'>;

/** A row whose lease ended. */
export interface ClaimedDelivery extends Enqueueable {
  /** Whether its job, if there is one, may be waiting for a time: one that is told of for the first time has none. */
  mayBeDelayed: boolean;
}

/**
 * What a job carries: which row to look at, and in which round it was added; or several that were due together. Jobs of
 * earlier versions do not say whose it is.
 */
export type DeliveryJob = { eventId: string; round: number; customerId?: string } | { bundle: BundledDelivery[] };

/** A row, its round, the attempts made when the job was added, whose it is, and where it goes. */
export type BundledDelivery = [eventId: string, round: number, made: number, customerId?: string, endpointId?: string];

/** A delivery as the processor sees it at the moment of the attempt. */
export interface DueDelivery {
  id: string;
  customerId: string;
  event: string;
  /** The exact text to send. */
  body: string;
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  round: number;
  roundStart: number;
  /** Milliseconds until it is due, by the database's clock; negative when overdue, null when held or done. */
  dueInMs: number | null;
  /** Of its emit, when that was traced. */
  traceparent: string | null;
  /** Whether the endpoint's secret before the last rotation signs as well. */
  signsWithPrevious: boolean;
  /** How long every attempt to the endpoint has failed, in milliseconds; null after a success. */
  failingForMs: number | null;
  endpoint: DeliveryEndpoint;
}

/** The endpoint of a delivery, as it is at the moment of the attempt: the same object as long as it does not change. */
export interface DeliveryEndpoint {
  id: string;
  /** Its current URL. */
  url: string;
  state: 'active' | 'paused' | 'disabled';
  deleted: boolean;
  /** Whether it was deleted with `pending=deliver`: what waits is still delivered. */
  deliversPending: boolean;
  secret: { keyId: string; ciphertext: string };
  /** The secret before the last rotation. */
  previousSecret: { keyId: string; ciphertext: string } | null;
  tls: TlsColumns;
  retryPolicy: RetryPolicy;
  /** Null = the service's default. */
  timeoutMs: number | null;
  /** Null = no limit of its own. */
  ratePerSecond: number | null;
  concurrency: number | null;
  /** The customer's own headers, sealed. */
  headers: { keyId: string; ciphertext: string; names: string[] } | null;
}

/** One HTTP try and what follows from it, as it is written back. */
export interface AttemptRecord {
  eventId: string;
  customerId: string;
  endpointId: string;
  round: number;
  /** The row's `attempts` that this try was based on: the write is refused when it has changed since. */
  expectedAttempts: number;
  url: string;
  startedAt: Date;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  errorCode: string | null;
  responseBody: string | null;
  responseHeaders: Readonly<Record<string, string>> | null;
  /** PENDING = another attempt follows after `nextDelayMs`. */
  status: 'PENDING' | 'SENT' | 'FAILED';
  nextDelayMs: number | null;
}

/** A sample that is sent once, now, at the customer's wish. */
export interface TestDelivery {
  customerId: string;
  messageId: string;
  eventId: string;
  endpoint: { id: string; url: string };
  event: string;
  createdAt: Date;
  /** The exact text to send. */
  body: string;
}
