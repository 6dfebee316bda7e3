-- CreateEnum
CREATE TYPE "SignatureScheme" AS ENUM ('v1', 'v1a');

-- CreateEnum
CREATE TYPE "ReplayStatus" AS ENUM ('RUNNING', 'DONE', 'CANCELLED');

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "eventRetentionDays" INTEGER,
ADD COLUMN     "payloadRetentionDays" INTEGER;

-- AlterTable
ALTER TABLE "WebhookAttempt" ADD COLUMN     "errorCode" TEXT,
ADD COLUMN     "responseHeaders" JSONB,
ADD COLUMN     "worker" TEXT;

-- AlterTable
ALTER TABLE "WebhookEndpoint" ADD COLUMN     "caCertificate" TEXT,
ADD COLUMN     "clientCertificate" TEXT,
ADD COLUMN     "clientKey" TEXT,
ADD COLUMN     "clientKeyKeyId" TEXT,
ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "disabledReason" TEXT,
ADD COLUMN     "failingSince" TIMESTAMPTZ(3),
ADD COLUMN     "filter" JSONB,
ADD COLUMN     "headers" JSONB,
ADD COLUMN     "nextSlotAt" TIMESTAMPTZ(3),
ADD COLUMN     "ordered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "previousPublicKey" TEXT,
ADD COLUMN     "previousSecret" TEXT,
ADD COLUMN     "previousSecretKeyId" TEXT,
ADD COLUMN     "previousSecretUntil" TIMESTAMPTZ(3),
ADD COLUMN     "publicKey" TEXT,
ADD COLUMN     "ratePerSecond" DOUBLE PRECISION,
ADD COLUMN     "retryPolicy" JSONB,
ADD COLUMN     "signatureScheme" "SignatureScheme" NOT NULL DEFAULT 'v1',
ADD COLUMN     "timeoutMs" INTEGER;

-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "payloadErasedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "WebhookReplay" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "status" "ReplayStatus" NOT NULL DEFAULT 'RUNNING',
    "filter" JSONB NOT NULL,
    "position" UUID,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "resent" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookReplay_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WebhookReplay_customerId_id_idx" ON "WebhookReplay"("customerId", "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookReplay_status_updatedAt_idx" ON "WebhookReplay"("status", "updatedAt");

-- AddForeignKey
ALTER TABLE "WebhookReplay" ADD CONSTRAINT "WebhookReplay_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The oldest unfinished delivery of an endpoint and ordering key.
CREATE INDEX "WebhookEvent_ordering_idx" ON "WebhookEvent"("endpointId", "orderingKey", "seq") WHERE "status" = 'PENDING' AND "orderingKey" IS NOT NULL;
