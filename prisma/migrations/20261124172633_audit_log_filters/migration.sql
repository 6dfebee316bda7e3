-- DropIndex
DROP INDEX "AuditLog_customerId_actorType_actorId_id_idx";

-- DropIndex
DROP INDEX "AuditLog_customerId_targetType_targetId_id_idx";

-- CreateIndex
CREATE INDEX "AuditLog_customerId_targetType_id_idx" ON "AuditLog"("customerId", "targetType", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_customerId_targetId_id_idx" ON "AuditLog"("customerId", "targetId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_customerId_actorType_id_idx" ON "AuditLog"("customerId", "actorType", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_customerId_actorId_id_idx" ON "AuditLog"("customerId", "actorId", "id" DESC);

-- Also where a session has switched triggers off for itself (session_replication_role).
ALTER TABLE "AuditLog" ENABLE ALWAYS TRIGGER "AuditLog_append_only";
