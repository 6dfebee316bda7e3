-- AlterTable
ALTER TABLE "WebhookAttempt" ADD COLUMN     "endpointId" UUID;

-- Rows that are there already. It stays nullable: processes of the version before this one write no endpointId.
UPDATE "WebhookAttempt" a SET "endpointId" = e."endpointId" FROM "WebhookEvent" e WHERE e."id" = a."eventId";

-- The statistics of one endpoint, from the index alone. Prisma cannot express it, the drift check knows it by name.
CREATE INDEX "WebhookAttempt_endpoint_idx" ON "WebhookAttempt"("endpointId", "startedAt") INCLUDE ("durationMs", "statusCode") WHERE "endpointId" IS NOT NULL;
