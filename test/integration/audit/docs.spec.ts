import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTOR_TYPES, AUDIT_ACTIONS, AUDIT_TARGETS } from '../../../src/webhooks/audit/audit.types';

const page = readFileSync(join(__dirname, '../../../docs/audit-log.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));
/** What is written as code in the first column of the tables. */
const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));

it('the documentation lists every kind of actor and every action, and nothing else', () => {
  expect(listed).toEqual(['actor.type', ...ACTOR_TYPES, 'action', ...AUDIT_ACTIONS]);
});

it('an action begins with what it is done to', () => {
  expect([...new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]))]).toEqual([...AUDIT_TARGETS]);
});
