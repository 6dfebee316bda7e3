-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "isTest" BOOLEAN NOT NULL DEFAULT false;
