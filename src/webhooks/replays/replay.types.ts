/** A delivery that is over can be sent again. */
export const REPLAYABLE_STATUSES = ['SENT', 'FAILED'] as const;

/** How a delivery ended. */
export type ReplayableStatus = (typeof REPLAYABLE_STATUSES)[number];

/** Which deliveries a replay sends again. */
export interface ReplayFilter {
  endpointId?: string | undefined;
  event?: string | undefined;
  statuses: readonly ReplayableStatus[];
  /** Accepted at this time or later. */
  from: Date;
  /** Accepted before this time. */
  to: Date;
}

/** A replay as its table has it. */
export interface ReplayRow {
  id: string;
  customerId: string;
  status: 'RUNNING' | 'DONE' | 'CANCELLED';
  filter: ReplayFilter;
  /** The last delivery looked at. */
  position: string | null;
  matched: number;
  resent: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A replay as the API shows it. */
export interface Replay extends Omit<ReplayRow, 'customerId' | 'filter' | 'position'> {
  endpointId: string | null;
  event: string | null;
  statuses: readonly ReplayableStatus[];
  from: Date;
  to: Date;
  /** From 0 to 1. */
  progress: number;
}
