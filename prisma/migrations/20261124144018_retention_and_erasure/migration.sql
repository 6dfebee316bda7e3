-- DropForeignKey
ALTER TABLE "WebhookEvent" DROP CONSTRAINT "WebhookEvent_endpointId_fkey";

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "erasingAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "WebhookEndpoint_customerId_id_key" ON "WebhookEndpoint"("customerId", "id");

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_customerId_endpointId_fkey" FOREIGN KEY ("customerId", "endpointId") REFERENCES "WebhookEndpoint"("customerId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What retention looks for, customer by customer: bodies that are still there, and idempotency keys that are still set.
CREATE INDEX "WebhookEvent_payload_idx" ON "WebhookEvent"("customerId", "id") WHERE "status" <> 'PENDING' AND "payloadErasedAt" IS NULL;
CREATE INDEX "WebhookMessage_idempotency_idx" ON "WebhookMessage"("id") WHERE "idempotencyKey" IS NOT NULL;

-- The customers whose erasure is under way.
CREATE INDEX "Customer_erasing_idx" ON "Customer"("erasingAt") WHERE "erasingAt" IS NOT NULL;

-- The audit log is append-only. One function may change it, for the erasure of a customer; it is known by the call
-- stack, because a setting or a flag could be set by anybody. The stack's words depend on the server's language, its
-- statements and signatures do not. The statement has to be the function's own, to the letter: whoever gave another
-- function the same name would gain nothing by it.
CREATE FUNCTION refuse_audit_log_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    context text;
    calls text[];
    allowed constant text := 'UPDATE "AuditLog" SET "customerId" = pseudonym, "targetId" = CASE "targetId" WHEN customer_id THEN pseudonym ELSE encode(sha256(convert_to(salt || "targetId", ''UTF8'')), ''hex'') END, "actorId" = CASE WHEN "actorType" IN (''user'', ''api-key'') THEN encode(sha256(convert_to(salt || "actorId", ''UTF8'')), ''hex'') ELSE "actorId" END, "before" = NULL, "after" = NULL WHERE "customerId" = customer_id';
BEGIN
    GET DIAGNOSTICS context = PG_CONTEXT;
    -- This function, the statement that fired it, and who ran that.
    calls := string_to_array(context, E'\n');
    IF TG_OP = 'UPDATE'
        AND position(allowed IN calls[2]) > 0
        AND length(calls[2]) - length(allowed) <= 24
        AND position('pseudonymise_audit_log(text,uuid,text,text)' IN calls[3]) > 0
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'AuditLog is append-only: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'Only pseudonymise_audit_log() changes it, when a customer is erased.';
END;
$$;

CREATE TRIGGER "AuditLog_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditLog" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_log_change();

-- Takes a customer that is being erased out of the audit log: what was done stays, who and with what does not. The
-- pseudonyms are random and their salt is not kept: nobody can go back from them. It leaves an audit row of its own.
CREATE FUNCTION pseudonymise_audit_log(customer_id text, audit_id uuid, actor_type text, actor_id text) RETURNS text LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    pseudonym constant text := 'erased-' || gen_random_uuid();
    salt constant text := gen_random_uuid()::text || gen_random_uuid()::text;
    changed bigint;
BEGIN
    PERFORM FROM "Customer" WHERE "id" = customer_id AND "erasingAt" IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This customer is not being erased.' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE "AuditLog" SET "customerId" = pseudonym, "targetId" = CASE "targetId" WHEN customer_id THEN pseudonym ELSE encode(sha256(convert_to(salt || "targetId", 'UTF8')), 'hex') END, "actorId" = CASE WHEN "actorType" IN ('user', 'api-key') THEN encode(sha256(convert_to(salt || "actorId", 'UTF8')), 'hex') ELSE "actorId" END, "before" = NULL, "after" = NULL WHERE "customerId" = customer_id;
    GET DIAGNOSTICS changed = ROW_COUNT;
    INSERT INTO "AuditLog" ("id", "customerId", "actorType", "actorId", "action", "targetType", "targetId", "after")
    VALUES (audit_id, pseudonym, actor_type, actor_id, 'customer.erased', 'customer', pseudonym, jsonb_build_object('pseudonymisedRows', changed));
    RETURN pseudonym;
END;
$$;
