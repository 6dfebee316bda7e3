-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "traceparent" VARCHAR(55);
