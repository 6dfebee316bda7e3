import { anyObject, model, orNull, shape, text, time, uuid } from '../openapi/schema';
import { pageOf } from '../openapi/page-schema';
import type { AuditLogEntry } from './audit.types';

const AUDIT_LOG_ENTRY = model<AuditLogEntry>('AuditLogEntry', 'One change.', {
  id: uuid('Its id.'),
  actor: shape<AuditLogEntry['actor']>({
    type: text('Who made it: `user`, `api-key`, `operator`, `cli` or `system`.', 'api-key'),
    id: orNull(text('Which one, where there are several.', '019bd0c0-1000-7000-8000-000000000000')),
  }),
  action: text('What was changed, and how.', 'api-key.updated'),
  target: shape<AuditLogEntry['target']>({
    type: text('What was changed: `customer`, `api-key`, `endpoint`, `event` or `replay`.', 'api-key'),
    id: text('Which one.', '019bd0c0-1000-7000-8000-000000000001'),
  }),
  before: orNull(anyObject('The fields that differ, as they were. No secrets.', { name: 'Staging' })),
  after: orNull(anyObject('The same fields as they are now. No secrets.', { name: 'Production' })),
  createdAt: time('When.'),
});

export const AUDIT_LOG = pageOf('AuditLogPage', AUDIT_LOG_ENTRY);
