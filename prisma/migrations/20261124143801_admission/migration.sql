-- AlterTable
ALTER TABLE "WebhookEndpoint" ADD COLUMN     "deliversPending" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "reservedUntil" TIMESTAMPTZ(3);

-- The attempts under way at one endpoint, where they are counted.
CREATE INDEX "WebhookEvent_reserved_idx" ON "WebhookEvent"("endpointId", "reservedUntil") WHERE "reservedUntil" IS NOT NULL;
