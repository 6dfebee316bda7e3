/** What became of a message at an endpoint, as it was written down at the emit. Later versions may know more outcomes. */
export interface StoredOutcome {
  endpointId: string;
  /** `created`, `test`, `filtered`, `disabled`, … */
  outcome: string;
  /** Which filter passed it over. */
  by?: string;
  eventId?: string;
}

/** One emit. */
export interface TimelineMessage {
  id: string;
  event: string;
  createdAt: Date;
  outcomes: readonly StoredOutcome[];
}

/** An endpoint as it is now. */
export interface TimelineTarget {
  id: string;
  url: string;
  state: 'active' | 'paused' | 'disabled';
  disabledReason: string | null;
  deletedAt: Date | null;
}

/** A delivery as it is now. */
export interface TimelineDelivery {
  id: string;
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  /** Attempts made before the last resend. */
  roundStart: number;
  lastError: string | null;
  processedAt: Date | null;
  nextAttemptAt: Date | null;
  heldReason: string | null;
}

/** One HTTP try. */
export interface TimelineAttempt {
  eventId: string;
  attempt: number;
  startedAt: Date;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  errorCode: string | null;
}

/** Everything that is known about an emit. */
export interface TimelineRows {
  message: TimelineMessage;
  targets: readonly TimelineTarget[];
  deliveries: readonly TimelineDelivery[];
  /** By number. */
  attempts: readonly TimelineAttempt[];
}

/** One thing that happened, or will. */
export interface TimelineEntry {
  /** Null when the time is not known. */
  at: Date | null;
  what:
    | 'accepted'
    | 'passed-over'
    | 'queued'
    | 'attempt'
    | 'resent'
    | 'held'
    | 'next-attempt'
    | 'delivered'
    | 'failed'
    | 'deleted';
  /** In words. */
  detail: string;
  /** Its number, for `attempt` and `next-attempt`. */
  attempt?: number;
  statusCode?: number | null;
  error?: string | null;
  errorCode?: string | null;
  durationMs?: number;
}

/** What became of an emit at one endpoint. */
export interface EndpointTimeline {
  endpointId: string;
  /** Its URL now; null when it is not known any more. */
  url: string | null;
  /** How the endpoint is now. */
  endpointState: 'active' | 'paused' | 'disabled' | 'deleted';
  /** The delivery; null when none was made. */
  eventId: string | null;
  state: 'delivered' | 'failed' | 'waiting' | 'held' | 'passed-over' | 'deleted';
  /** One sentence: why did this not arrive? */
  summary: string;
  nextAttemptAt: Date | null;
  entries: TimelineEntry[];
}

/** What became of one emit. */
export interface MessageTimeline {
  messageId: string;
  event: string;
  acceptedAt: Date;
  summary: string;
  endpoints: EndpointTimeline[];
}

/** What became of one delivery. */
export interface EventTimeline extends EndpointTimeline {
  messageId: string;
  event: string;
  acceptedAt: Date;
}
