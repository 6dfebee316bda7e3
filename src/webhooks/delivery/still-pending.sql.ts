/**
 * Whether a delivery that is named by its id is still PENDING.
 *
 * As text on purpose. `status = 'PENDING'` is what the partial indexes of waiting deliveries are about; where PostgreSQL last
 * counted few of them, it takes such an index for shorter than the primary key, and keeps to it when there are many: then
 * it reads the whole backlog for each row that is written.
 */
export const stillPending = (delivery: string): string => `${delivery}.status::text = 'PENDING'`;
