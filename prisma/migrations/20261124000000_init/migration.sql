-- CreateEnum
CREATE TYPE "EndpointState" AS ENUM ('active', 'paused', 'disabled');

-- CreateEnum
CREATE TYPE "WebhookStatus" AS ENUM ('PENDING', 'SENT', 'FAILED');

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "APIKey" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "permissions" JSONB NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "lastUsedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "APIKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "events" TEXT[],
    "state" "EndpointState" NOT NULL DEFAULT 'active',
    "secret" TEXT NOT NULL,
    "secretKeyId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookMessage" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "idempotencyKey" TEXT,
    "bodyHash" BYTEA,
    "outcomes" JSONB NOT NULL,

    CONSTRAINT "WebhookMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "endpointId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "status" "WebhookStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processedAt" TIMESTAMPTZ(3),
    "round" INTEGER NOT NULL DEFAULT 0,
    "roundStart" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3),
    "enqueueAfter" TIMESTAMPTZ(3),
    "heldReason" TEXT,
    "orderingKey" TEXT,
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookAttempt" (
    "eventId" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "customerId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "statusCode" INTEGER,
    "error" TEXT,
    "responseBody" TEXT,

    CONSTRAINT "WebhookAttempt_pkey" PRIMARY KEY ("eventId","attempt")
);

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" UUID NOT NULL,
    "customerId" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT,
    "action" TEXT NOT NULL,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Customer_userId_idx" ON "Customer"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "APIKey_key_key" ON "APIKey"("key");

-- CreateIndex
CREATE INDEX "APIKey_customerId_createdAt_idx" ON "APIKey"("customerId", "createdAt");

-- CreateIndex
CREATE INDEX "WebhookEndpoint_customerId_createdAt_idx" ON "WebhookEndpoint"("customerId", "createdAt");

-- CreateIndex
CREATE INDEX "WebhookMessage_customerId_id_idx" ON "WebhookMessage"("customerId", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "WebhookMessage_customerId_idempotencyKey_key" ON "WebhookMessage"("customerId", "idempotencyKey");

-- CreateIndex
CREATE INDEX "WebhookEvent_customerId_id_idx" ON "WebhookEvent"("customerId", "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_customerId_status_id_idx" ON "WebhookEvent"("customerId", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_customerId_event_id_idx" ON "WebhookEvent"("customerId", "event", "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_customerId_endpointId_id_idx" ON "WebhookEvent"("customerId", "endpointId", "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_messageId_idx" ON "WebhookEvent"("messageId");

-- CreateIndex
CREATE INDEX "AuditLog_customerId_id_idx" ON "AuditLog"("customerId", "id" DESC);

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "APIKey" ADD CONSTRAINT "APIKey_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookMessage" ADD CONSTRAINT "WebhookMessage_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "WebhookEndpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "WebhookMessage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookAttempt" ADD CONSTRAINT "WebhookAttempt_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "WebhookEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The sweep for rows whose lease is over. Prisma cannot express partial indexes, the drift check knows these by name.
CREATE INDEX "WebhookEvent_due_idx" ON "WebhookEvent"("enqueueAfter", "seq") WHERE "status" = 'PENDING' AND "enqueueAfter" IS NOT NULL;

-- What waits at one endpoint, by when it is due.
CREATE INDEX "WebhookEvent_pending_idx" ON "WebhookEvent"("endpointId", "nextAttemptAt") WHERE "status" = 'PENDING';

-- What is held: walked endpoint by endpoint, and released in the order of the emits.
CREATE INDEX "WebhookEvent_held_idx" ON "WebhookEvent"("endpointId", "seq") WHERE "status" = 'PENDING' AND "enqueueAfter" IS NULL;
