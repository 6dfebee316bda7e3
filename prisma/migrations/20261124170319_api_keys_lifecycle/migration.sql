-- AlterTable
ALTER TABLE "APIKey" ADD COLUMN     "allowedCidrs" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "deactivatedReason" TEXT,
ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "isCanary" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "labels" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "lastUsedIp" TEXT,
ADD COLUMN     "lastUsedUserAgent" TEXT,
ADD COLUMN     "preview" TEXT,
ADD COLUMN     "rateLimit" INTEGER,
ADD COLUMN     "rateWindowSeconds" INTEGER,
ADD COLUMN     "rotatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "successorId" UUID;

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "suspendedAt" TIMESTAMPTZ(3),
ADD COLUMN     "suspendedReason" TEXT;

-- CreateTable
CREATE TABLE "APIKeyUsage" (
    "keyId" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "uses" BIGINT NOT NULL,
    "firstUsedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "APIKeyUsage_pkey" PRIMARY KEY ("keyId","permission")
);

-- CreateTable
CREATE TABLE "APIKeyRateWindow" (
    "keyId" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "APIKeyRateWindow_pkey" PRIMARY KEY ("keyId")
);

-- CreateIndex
CREATE INDEX "APIKeyRateWindow_startedAt_idx" ON "APIKeyRateWindow"("startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "APIKey_successorId_key" ON "APIKey"("successorId");

-- CreateIndex
CREATE INDEX "AuditLog_customerId_action_id_idx" ON "AuditLog"("customerId", "action", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_customerId_targetType_targetId_id_idx" ON "AuditLog"("customerId", "targetType", "targetId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_customerId_actorType_actorId_id_idx" ON "AuditLog"("customerId", "actorType", "actorId", "id" DESC);

-- AddForeignKey
ALTER TABLE "APIKey" ADD CONSTRAINT "APIKey_successorId_fkey" FOREIGN KEY ("successorId") REFERENCES "APIKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "APIKeyUsage" ADD CONSTRAINT "APIKeyUsage_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "APIKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the purge of deleted keys looks for, and the undo of a delete.
CREATE INDEX "APIKey_deleted_idx" ON "APIKey"("deletedAt") WHERE "deletedAt" IS NOT NULL;

-- Counters that are written with requests: no write-ahead log for them.
ALTER TABLE "APIKeyRateWindow" SET UNLOGGED;

-- Tells every process when a change decides who has access, whoever makes it and by whatever means. Only such columns
-- count: noting that a key was used wakes nobody.
CREATE FUNCTION notify_access_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    id text;
BEGIN
    -- A statement's trigger (TRUNCATE) knows no row: everything may have changed.
    IF TG_LEVEL = 'ROW' THEN
        id := OLD.id;
    END IF;
    PERFORM pg_notify('webhooks_access', json_build_object('schema', TG_TABLE_SCHEMA, 'table', TG_TABLE_NAME, 'id', id)::text);
    RETURN NULL;
END;
$$;

CREATE TRIGGER "APIKey_access_changed" AFTER UPDATE OF "id", "key", "customerId", "permissions", "isActive", "expiresAt", "deletedAt", "allowedCidrs", "rateLimit", "rateWindowSeconds", "isCanary" ON "APIKey" FOR EACH ROW
    WHEN ((OLD."id", OLD."key", OLD."customerId", OLD."permissions", OLD."isActive", OLD."expiresAt", OLD."deletedAt", OLD."allowedCidrs", OLD."rateLimit", OLD."rateWindowSeconds", OLD."isCanary")
        IS DISTINCT FROM (NEW."id", NEW."key", NEW."customerId", NEW."permissions", NEW."isActive", NEW."expiresAt", NEW."deletedAt", NEW."allowedCidrs", NEW."rateLimit", NEW."rateWindowSeconds", NEW."isCanary"))
    EXECUTE FUNCTION notify_access_change();
CREATE TRIGGER "APIKey_deleted" AFTER DELETE ON "APIKey" FOR EACH ROW EXECUTE FUNCTION notify_access_change();
CREATE TRIGGER "APIKey_truncated" AFTER TRUNCATE ON "APIKey" FOR EACH STATEMENT EXECUTE FUNCTION notify_access_change();

CREATE TRIGGER "Customer_access_changed" AFTER UPDATE OF "id", "userId", "suspendedAt", "erasingAt" ON "Customer" FOR EACH ROW
    WHEN ((OLD."id", OLD."userId", OLD."suspendedAt", OLD."erasingAt") IS DISTINCT FROM (NEW."id", NEW."userId", NEW."suspendedAt", NEW."erasingAt"))
    EXECUTE FUNCTION notify_access_change();
CREATE TRIGGER "Customer_deleted" AFTER DELETE ON "Customer" FOR EACH ROW EXECUTE FUNCTION notify_access_change();
