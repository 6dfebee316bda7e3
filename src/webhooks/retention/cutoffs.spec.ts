import { firstIdAt } from '../ids';
import { cutoffsOf } from './cutoffs';

describe('cutoffsOf', () => {
  const now = new Date('2026-06-30T12:00:00.000Z');

  it('takes a customer’s own limits before the service’s', () => {
    const customers = [
      { id: 'a', payloadDays: null, eventDays: null },
      { id: 'b', payloadDays: 1, eventDays: 2 },
    ];
    expect(cutoffsOf(customers, { payloadDays: 30, eventDays: 90 }, now)).toEqual({
      customerIds: ['a', 'b'],
      payloadsBefore: [firstIdAt(new Date('2026-05-31T12:00:00Z')), firstIdAt(new Date('2026-06-29T12:00:00Z'))],
      eventsBefore: [firstIdAt(new Date('2026-04-01T12:00:00Z')), firstIdAt(new Date('2026-06-28T12:00:00Z'))],
      eventTimesBefore: [new Date('2026-04-01T12:00:00Z'), new Date('2026-06-28T12:00:00Z')],
    });
  });
});
