// Generated from openapi.json by `npm run openapi`: do not edit.

export interface paths {
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys
         * @description All of them: their number is limited.
         *
         *     Requires the permission `api-keys:read`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer is the only one that holds the key. Nobody grants more than they hold.
         *
         *     Requires the permission `api-keys:write`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an API key
         * @description Requires the permission `api-keys:read`.
         */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description It is refused on this node at once, on every other within a second.
         *
         *     Requires the permission `api-keys:write`.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        /**
         * Change an API key
         * @description What is left out stays as it is.
         *
         *     Requires the permission `api-keys:write`.
         */
        patch: operations["updateApiKey"];
        trace?: never;
    };
    "/api-keys/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an API key
         * @description It is refused on this node at once, on every other within a second. It can be activated again.
         *
         *     Requires the permission `api-keys:write`.
         */
        post: operations["deactivateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell whether a key would be allowed
         * @description And why not. Nothing is called, and nothing changes.
         *
         *     Requires the permission `api-keys:read`.
         */
        post: operations["explainApiKeyAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the delete of an API key
         * @description For some days after the delete.
         *
         *     Requires the permission `api-keys:write`.
         */
        post: operations["restoreApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate an API key
         * @description Makes a successor with the same rights. Both are accepted in the grace period.
         *
         *     Requires the permission `api-keys:write`.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how a rotation stands
         * @description Asked with the old key or the new one: is it safe to cut over?
         *
         *     Requires the permission `api-keys:read`.
         */
        get: operations["getApiKeyRotation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which permissions a key used
         * @description And which it never did, with the least that it could do with.
         *
         *     Requires the permission `api-keys:read`.
         */
        get: operations["getApiKeyUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who changed what
         * @description Requires the permission `audit-log:read`.
         */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Create or rename a customer */
        put: operations["putCustomer"];
        post?: never;
        /**
         * Delete a customer and everything it has
         * @description Accepted = it has no access any more; everything it has is deleted from now on.
         */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a customer its access back */
        post: operations["resumeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a customer’s access away
         * @description Its keys and its user’s tokens are refused, on every node within a second. What the platform emits is still delivered.
         */
        post: operations["suspendCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the event types */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-types/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an event type */
        get: operations["getEventType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the process runs */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service can work
         * @description Its database and its queue answer, its tables are current, its reconciler keeps up, and it is not stopping.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leaked-keys/github": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a report of GitHub’s secret scanning
         * @description GitHub’s secret-scanning partner protocol. Closed (404) unless the service knows where GitHub publishes its keys.
         */
        post: operations["reportLeakedKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell who a key is
         * @description A first call to try a key with.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the key that is presented
         * @description Whoever finds a key may do that.
         */
        post: operations["revokeMe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the permissions there are */
        get: operations["listPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints
         * @description All of them: their number is limited.
         *
         *     Requires the permission `webhook-endpoints:read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Register a URL
         * @description The answer is the only one that holds the signing secret; with `signatureScheme: "v1a"` there is none to hold.
         *
         *     Requires the permission `webhook-endpoints:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an endpoint
         * @description Requires the permission `webhook-endpoints:read`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete an endpoint
         * @description Requires the permission `webhook-endpoints:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change an endpoint
         * @description What is left out stays as it is.
         *
         *     Requires the permission `webhook-endpoints:write`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/recover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what an endpoint missed
         * @description Starts a replay, after an outage of the receiver.
         *
         *     Requires the permission `webhook-events:write`.
         */
        post: operations["recoverWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the signing secret
         * @description The answer is the only one that holds the new secret. Both sign until the overlap ends.
         *
         *     Requires the permission `webhook-endpoints:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how an endpoint does
         * @description Requires the permission `webhook-endpoints:read`.
         */
        get: operations["getWebhookEndpointStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an endpoint out
         * @description Sends a sample now and answers with what happened; the receiver’s failure is an answer too, not an error.
         *
         *     Requires the permission `webhook-endpoints:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries
         * @description Requires the permission `webhook-events:read`.
         */
        get: operations["listWebhookEvents"];
        put?: never;
        /**
         * Publish an event
         * @description Accepted = committed: each delivery is made at least once or ends FAILED.
         *
         *     Requires the permission `webhook-events:publish`.
         */
        post: operations["publishEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a delivery
         * @description With its body and every attempt.
         *
         *     Requires the permission `webhook-events:read`.
         */
        get: operations["getWebhookEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-events/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description With a fresh budget of attempts.
         *
         *     Requires the permission `webhook-events:write`.
         */
        post: operations["resendWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-events/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what became of a delivery
         * @description Requires the permission `webhook-events:read`.
         */
        get: operations["getWebhookEventTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish up to 100 events
         * @description Each is accepted or refused by itself: one answer per event, in their order. When one fails on our side, so does the request, unless others were accepted.
         *
         *     Requires the permission `webhook-events:publish`.
         */
        post: operations["publishEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-messages/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what became of an event, endpoint by endpoint
         * @description Requires the permission `webhook-events:read`.
         */
        get: operations["getWebhookMessageTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the replays
         * @description Requires the permission `webhook-events:read`.
         */
        get: operations["listWebhookReplays"];
        put?: never;
        /**
         * Send many deliveries again
         * @description A job that shows its progress, can be cancelled, and survives a restart.
         *
         *     Requires the permission `webhook-events:write`.
         */
        post: operations["createWebhookReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a replay
         * @description Requires the permission `webhook-events:read`.
         */
        get: operations["getWebhookReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a replay
         * @description It stops after the batch under way.
         *
         *     Requires the permission `webhook-events:write`.
         */
        post: operations["cancelWebhookReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "api_key.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key was made.
         * @description Sent to the endpoints of the customer that ask for `api_key.created`, at least once.
         */
        post: operations["api_key.created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.leaked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key was found where it should not be, or a decoy was used.
         * @description Sent to the endpoints of the customer that ask for `api_key.leaked`, at least once.
         */
        post: operations["api_key.leaked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.revoked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key is not accepted any more.
         * @description Sent to the endpoints of the customer that ask for `api_key.revoked`, at least once.
         */
        post: operations["api_key.revoked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.rotated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key got a successor; until the grace period ends, both are accepted.
         * @description Sent to the endpoints of the customer that ask for `api_key.rotated`, at least once.
         */
        post: operations["api_key.rotated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "chatbot.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A chatbot was created.
         * @description Sent to the endpoints of the customer that ask for `chatbot.created`, at least once.
         */
        post: operations["chatbot.created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "chatbot.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The configuration of a chatbot was changed.
         * @description Sent to the endpoints of the customer that ask for `chatbot.updated`, at least once.
         */
        post: operations["chatbot.updated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "conversation.closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A conversation was closed.
         * @description Sent to the endpoints of the customer that ask for `conversation.closed`, at least once.
         */
        post: operations["conversation.closed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "conversation.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A conversation began.
         * @description Sent to the endpoints of the customer that ask for `conversation.created`, at least once.
         */
        post: operations["conversation.created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An endpoint was disabled: nothing more is delivered to it until it is active again.
         * @description Sent to the endpoints of the customer that ask for `endpoint.disabled`, at least once.
         */
        post: operations["endpoint.disabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A message was received.
         * @description Sent to the endpoints of the customer that ask for `message.received`, at least once.
         */
        post: operations["message.received"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "message.sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A message was sent.
         * @description Sent to the endpoints of the customer that ask for `message.sent`, at least once.
         */
        post: operations["message.sent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description The event is committed and will be delivered. */
        AcceptedEvent: {
            /**
             * @description A delivery for each endpoint that it goes to.
             * @example [
             *       "019bd0c0-3000-7000-8000-000000000001"
             *     ]
             */
            eventIds: string[];
            /**
             * Format: uuid
             * @description The event, as it was accepted.
             * @example 019bd0c0-3000-7000-8000-000000000000
             */
            messageId: string;
        };
        /** @description Whether a key may, and why not. */
        AccessExplanation: {
            /**
             * @description Whether it would be allowed.
             * @example false
             */
            allowed: boolean;
            /**
             * @description Those of them that the key does not hold.
             * @example [
             *       "messages:send"
             *     ]
             */
            missing: string[];
            /** @description What decides, and what was not looked at. */
            reasons: {
                /**
                 * @description For programs: `permission_missing`, `ip_not_allowed`, `route_public`, …
                 * @example permission_missing
                 */
                code: string;
                /**
                 * @description For people.
                 * @example The key does not hold messages:send.
                 */
                detail: string;
            }[];
            /**
             * @description The permissions that the route requires.
             * @example [
             *       "messages:send"
             *     ]
             */
            required: string[];
            route: components["schemas"]["Route"] | null;
        };
        /** @description An API key, without the key itself. */
        ApiKey: {
            /**
             * @description Ranges that it may be used from; empty = everywhere.
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            allowedCidrs: string[];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description Why it is not active: `deactivated`, `rotated`, `leaked` or `self-revoked`.
             * @example null
             */
            deactivatedReason: string | null;
            /**
             * Format: date-time
             * @description From then on it is refused; null = never.
             * @example 2027-01-31T12:00:00.000Z
             */
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description The key’s id; not the key.
             * @example 019bd0c0-1000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Whether it is accepted.
             * @example true
             */
            isActive: boolean;
            /**
             * @description A decoy: it opens nothing, and using it sets off an alarm.
             * @example false
             */
            isCanary: boolean;
            /**
             * @description The customer’s own: an environment, a team.
             * @example {
             *       "environment": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it was last used; written once a minute.
             * @example 2026-01-31T12:00:00.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description From where.
             * @example 203.0.113.9
             */
            lastUsedIp: string | null;
            /**
             * @description By what program.
             * @example node
             */
            lastUsedUserAgent: string | null;
            /**
             * @description Its name.
             * @example Production
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "messages:send"
             *     ]
             */
            permissions: string[];
            /**
             * @description `sk_…` and its last four characters; null when it was imported as a digest.
             * @example sk_…x4Zq
             */
            preview: string | null;
            /** @description Its own rate limit; null = none. */
            rateLimit: components["schemas"]["ApiKeyRateLimit"] | null;
            /**
             * Format: date-time
             * @description When it got a successor.
             * @example null
             */
            rotatedAt: string | null;
            /**
             * Format: uuid
             * @description The key that took its place.
             * @example null
             */
            successorId: string | null;
        };
        /** @description How many requests a key may make, over all nodes. */
        ApiKeyRateLimit: {
            /**
             * @description Requests in one window.
             * @example 100
             */
            limit: number;
            /**
             * @description The length of the window.
             * @example 60
             */
            windowSeconds: number;
        };
        /** @description Which permissions a key needs. */
        ApiKeyUsage: {
            advice: {
                /**
                 * @description The least that covers what it did. Never more than it holds.
                 * @example [
                 *       "messages:send"
                 *     ]
                 */
                permissions: string[];
                /**
                 * @description What it holds now and would not hold any more.
                 * @example [
                 *       "messages:*"
                 *     ]
                 */
                removable: string[];
            };
            /**
             * @description What it may do, wildcards spelled out, and has not done since then.
             * @example [
             *       "messages:read"
             *     ]
             */
            neverUsed: string[];
            /**
             * Format: date-time
             * @description From when on a use counts.
             * @example 2026-01-31T12:00:00.000Z
             */
            since: string;
            /** @description What it was used with since then, by name. */
            used: {
                /**
                 * Format: date-time
                 * @description When first.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                firstUsedAt: string;
                /**
                 * @description What it holds now that includes it.
                 * @example [
                 *       "messages:*"
                 *     ]
                 */
                grantedBy: string[];
                /**
                 * Format: date-time
                 * @description When last.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                lastUsedAt: string;
                /**
                 * @description `resource:action`.
                 * @example messages:send
                 */
                permission: string;
                /**
                 * @description Requests, over the key’s whole life.
                 * @example 12
                 */
                uses: number;
            }[];
            /** @description The wildcards it holds, each with what is under it. */
            wildcards: {
                /**
                 * @description What of it was not.
                 * @example [
                 *       "messages:read"
                 *     ]
                 */
                neverUsed: string[];
                /**
                 * @description The wildcard.
                 * @example messages:*
                 */
                permission: string;
                /**
                 * @description What of it was used.
                 * @example [
                 *       "messages:send"
                 *     ]
                 */
                used: string[];
            }[];
        };
        /** @description One change. */
        AuditLogEntry: {
            /**
             * @description What was changed, and how.
             * @example api-key.updated
             */
            action: string;
            actor: {
                /**
                 * @description Which one, where there are several.
                 * @example 019bd0c0-1000-7000-8000-000000000000
                 */
                id: string | null;
                /**
                 * @description Who made it: `user`, `api-key`, `operator`, `cli` or `system`.
                 * @example api-key
                 */
                type: string;
            };
            /**
             * @description The same fields as they are now. No secrets.
             * @example {
             *       "name": "Production"
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The fields that differ, as they were. No secrets.
             * @example {
             *       "name": "Staging"
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Its id.
             * @example 019bd0c0-0000-7000-8000-000000000000
             */
            id: string;
            target: {
                /**
                 * @description Which one.
                 * @example 019bd0c0-1000-7000-8000-000000000001
                 */
                id: string;
                /**
                 * @description What was changed: `customer`, `api-key`, `endpoint`, `event` or `replay`.
                 * @example api-key
                 */
                type: string;
            };
        };
        /** @description A part of a list, newest first. */
        AuditLogPage: {
            /** @description Newest first. */
            data: components["schemas"]["AuditLogEntry"][];
            /**
             * @description Pass it as `cursor` for the next page; null at the end.
             * @example AQGb0MAAAHAAgAAAAAAAAAA
             */
            nextCursor: string | null;
        };
        BatchItem: {
            /**
             * @description What the event is about: an object that fits the schema of the event type, passed on as it is.
             * @example {
             *       "conversationId": "conv_123",
             *       "messageId": "msg_456",
             *       "content": "Hello!"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * @description What the header `Idempotency-Key` is for a single event.
             * @example order-42-paid
             */
            idempotencyKey?: string;
            /**
             * @description At endpoints that keep the order, events with the same key are delivered one after another.
             * @example conv_123
             */
            orderingKey?: string;
        };
        /** @description What became of each event. */
        BatchResults: {
            /** @description One for each event, in their order: as the single route answers it, or its problem. */
            results: ({
                /**
                 * @description A delivery for each endpoint that it goes to.
                 * @example [
                 *       "019bd0c0-3000-7000-8000-000000000001"
                 *     ]
                 */
                eventIds: string[];
                /**
                 * Format: uuid
                 * @description The event, as it was accepted.
                 * @example 019bd0c0-3000-7000-8000-000000000000
                 */
                messageId: string;
                /** @constant */
                status: 202;
            } | components["schemas"]["Problem"])[];
        };
        CreateApiKey: {
            /**
             * @description Address ranges that it may be used from; empty = everywhere.
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            allowedCidrs?: string[];
            /**
             * @description When it ends: in the future, or null = never.
             * @example 2100-01-31T12:00:00Z
             */
            expiresAt?: ((string | unknown | unknown) | null) | unknown | unknown;
            /**
             * @description A decoy, to be left where a thief would look: using it sets off an alarm.
             * @example false
             */
            isCanary?: boolean;
            /**
             * @description The customer’s own: an environment, a team.
             * @example {
             *       "environment": "production"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Its name.
             * @example Production
             */
            name: string;
            /**
             * @description What the key may do: `*`, `resource:*` or `resource:action`. Left out, it may do nothing.
             * @example [
             *       "messages:send"
             *     ]
             */
            permissions?: string[];
            /**
             * @description Its own rate limit; null = none.
             * @example {
             *       "limit": 100,
             *       "windowSeconds": 60
             *     }
             */
            rateLimit?: components["schemas"]["RateLimit"] | null;
        };
        /** @description A new key. Beside its main fields it has those that the request set. */
        CreatedApiKey: {
            /**
             * @description Ranges that it may be used from; empty = everywhere.
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            allowedCidrs?: string[];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description From then on it is refused; null = never.
             * @example 2027-01-31T12:00:00.000Z
             */
            expiresAt?: string | null;
            /**
             * Format: uuid
             * @description The key’s id; not the key.
             * @example 019bd0c0-1000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Whether it is accepted.
             * @example true
             */
            isActive: boolean;
            /**
             * @description A decoy: it opens nothing, and using it sets off an alarm.
             * @example false
             */
            isCanary?: boolean;
            /**
             * @description The key itself: in this answer and never again.
             * @example sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A
             */
            key: string;
            /**
             * @description The customer’s own: an environment, a team.
             * @example {
             *       "environment": "production"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Its name.
             * @example Production
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "messages:send"
             *     ]
             */
            permissions: string[];
            /** @description Its own rate limit; null = none. */
            rateLimit?: components["schemas"]["ApiKeyRateLimit"] | null;
        };
        CreateEndpoint: {
            /**
             * @description Attempts at once, over all workers; null = no limit.
             * @example 5
             */
            concurrency?: number | null;
            /**
             * @description Your own words; null = none.
             * @example CRM
             */
            description?: string | null;
            /**
             * @description Event names, or wildcards like `message.*`; left out or empty = all events.
             * @example [
             *       "message.*"
             *     ]
             */
            events?: string[];
            /**
             * @description Which payloads it receives; null = all.
             * @example null
             */
            filter?: components["schemas"]["PayloadFilter"] | null;
            /**
             * @description Headers of your own, sent with every attempt; null = none. Their values are not shown again.
             * @example {
             *       "X-Tenant": "acme"
             *     }
             */
            headers?: {
                [key: string]: string;
            } | null;
            /**
             * @description Whether events with the same ordering key are delivered one after another.
             * @example false
             */
            ordered?: boolean;
            /**
             * @description Attempts per second, over all workers; null = no limit.
             * @example 10
             */
            ratePerSecond?: number | null;
            /** @description When a failed delivery is tried again; null = the default. */
            retryPolicy?: components["schemas"]["RetryPolicy"] | null;
            /**
             * @description `v1`: HMAC-SHA256 with a shared secret (the default). `v1a`: Ed25519 with a key pair. It cannot be changed later.
             * @example v1
             * @enum {string}
             */
            signatureScheme?: "v1" | "v1a";
            /**
             * @description Total time for one attempt; null = the service’s default.
             * @example 15000
             */
            timeoutMs?: number | null;
            /**
             * @description A client certificate and an authority of its own; null = none.
             * @example null
             */
            tls?: components["schemas"]["TlsSettings"] | null;
            /**
             * @description `https:`, or `http:` where the service permits it. It must not lead into a private network.
             * @example https://example.com/webhooks
             */
            url: string;
        };
        CreateReplay: {
            /**
             * Format: uuid
             * @description Only to this endpoint. Default: to all.
             */
            endpointId?: string;
            /**
             * @description Only of this event type. Default: of all.
             * @example message.received
             */
            event?: string;
            /**
             * @description Accepted at this time or later.
             * @example 2026-01-01T00:00:00Z
             */
            from: string | unknown | unknown;
            /**
             * @description How the deliveries ended. Default: `["FAILED"]`.
             * @example [
             *       "FAILED"
             *     ]
             */
            statuses?: ("SENT" | "FAILED")[];
            /**
             * @description Accepted before this time; default: now.
             * @example 2100-01-01T00:00:00Z
             */
            to?: string | unknown | unknown;
        };
        /** @description A customer: a tenant. */
        Customer: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The platform’s id of the customer.
             * @example customer_123
             */
            id: string;
            /**
             * @description Its name.
             * @example Acme
             */
            name: string;
            /**
             * @description The platform’s id of the user whom it belongs to.
             * @example user_123
             */
            userId: string;
        };
        /** @description A customer, and how long its events are kept. */
        CustomerWithRetention: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The platform’s id of the customer.
             * @example customer_123
             */
            id: string;
            /**
             * @description Its name.
             * @example Acme
             */
            name: string;
            retention: {
                /**
                 * @description Days until deliveries and their messages are deleted.
                 * @example 90
                 */
                eventDays: number;
                /**
                 * @description Days until the bodies of finished deliveries are emptied.
                 * @example 30
                 */
                payloadDays: number;
            };
            /**
             * @description The platform’s id of the user whom it belongs to.
             * @example user_123
             */
            userId: string;
        };
        /** @description How an endpoint did. */
        EndpointStats: {
            attempts: {
                /**
                 * @description The others.
                 * @example 2
                 */
                failed: number;
                /**
                 * @description With a 2xx answer.
                 * @example 118
                 */
                succeeded: number;
                /**
                 * @description From 0 to 1; null without any.
                 * @example 0.983
                 */
                successRate: number | null;
                /**
                 * @description Attempts that started in the range.
                 * @example 120
                 */
                total: number;
            };
            backlog: {
                /**
                 * @description Those of them that are held back.
                 * @example 0
                 */
                held: number;
                /**
                 * @description How long ago that is.
                 * @example null
                 */
                oldestPendingAgeMs: number | null;
                /**
                 * Format: date-time
                 * @description When the oldest of them was accepted.
                 * @example null
                 */
                oldestPendingAt: string | null;
                /**
                 * @description Deliveries that wait now, whenever they were accepted.
                 * @example 0
                 */
                pending: number;
            };
            deliveries: {
                /**
                 * @description Deliveries accepted in the range that were given up.
                 * @example 1
                 */
                FAILED: number;
                /**
                 * @description Deliveries accepted in the range that wait.
                 * @example 0
                 */
                PENDING: number;
                /**
                 * @description Deliveries accepted in the range that arrived.
                 * @example 118
                 */
                SENT: number;
            };
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            endpointId: string;
            /**
             * Format: date-time
             * @description The start of the range.
             * @example 2026-01-30T12:00:00.000Z
             */
            from: string;
            /** @description Every hour (UTC) of the range, oldest first. */
            hours: {
                /**
                 * @description Attempts.
                 * @example 120
                 */
                attempts: number;
                /**
                 * @description The others.
                 * @example 2
                 */
                failed: number;
                /**
                 * Format: date-time
                 * @description The hour’s start; the first and the last count only what lies in the range.
                 * @example 2026-01-31T11:00:00.000Z
                 */
                hour: string;
                /**
                 * @description With a 2xx answer.
                 * @example 118
                 */
                succeeded: number;
            }[];
            latencyMs: {
                /**
                 * @description Half were as fast as this; null without any.
                 * @example 42
                 */
                p50: number | null;
                /**
                 * @description 95 % were as fast as this.
                 * @example 120
                 */
                p95: number | null;
                /**
                 * @description 99 % were as fast as this.
                 * @example 350
                 */
                p99: number | null;
            };
            /**
             * Format: date-time
             * @description Its end, excluded.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
        };
        /** @description What became of an event at one endpoint. */
        EndpointTimeline: {
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            endpointId: string;
            /**
             * @description How the endpoint is now.
             * @example active
             * @enum {string}
             */
            endpointState: "active" | "paused" | "disabled" | "deleted";
            /** @description Oldest first. */
            entries: components["schemas"]["TimelineEntry"][];
            /**
             * Format: uuid
             * @description The delivery; null when none was made.
             * @example 019bd0c0-3000-7000-8000-000000000001
             */
            eventId: string | null;
            /**
             * Format: date-time
             * @description When it is tried again.
             * @example null
             */
            nextAttemptAt: string | null;
            /**
             * @description How the delivery stands.
             * @example delivered
             * @enum {string}
             */
            state: "delivered" | "failed" | "waiting" | "held" | "passed-over" | "deleted";
            /**
             * @description One sentence: why did this not arrive?
             * @example Delivered at the first attempt.
             */
            summary: string;
            /**
             * @description Its URL now; null when it is not known any more.
             * @example https://example.com/webhooks
             */
            url: string | null;
        };
        /** @description TLS settings: no key. */
        EndpointTls: {
            /**
             * Format: date-time
             * @description When that ends.
             * @example 2027-01-31T12:00:00.000Z
             */
            clientCertificateExpiresAt: string | null;
            /**
             * @description Whether an authority of its own is trusted instead of the public ones.
             * @example false
             */
            hasCaCertificate: boolean;
            /**
             * @description Whether the receiver is shown a certificate.
             * @example true
             */
            hasClientCertificate: boolean;
        };
        /** @description A customer that is being deleted. */
        ErasingCustomer: {
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-01-31T12:00:00.000Z
             */
            erasingAt: string;
            /**
             * @description The platform’s id of the customer.
             * @example customer_123
             */
            id: string;
        };
        /** @description What became of one delivery. */
        EventTimeline: {
            /**
             * Format: date-time
             * @description When it was accepted.
             * @example 2026-01-31T12:00:00.000Z
             */
            acceptedAt: string;
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            endpointId: string;
            /**
             * @description How the endpoint is now.
             * @example active
             * @enum {string}
             */
            endpointState: "active" | "paused" | "disabled" | "deleted";
            /** @description Oldest first. */
            entries: components["schemas"]["TimelineEntry"][];
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * Format: uuid
             * @description The delivery; null when none was made.
             * @example 019bd0c0-3000-7000-8000-000000000001
             */
            eventId: string | null;
            /**
             * Format: uuid
             * @description The event, as it was accepted.
             * @example 019bd0c0-3000-7000-8000-000000000000
             */
            messageId: string;
            /**
             * Format: date-time
             * @description When it is tried again.
             * @example null
             */
            nextAttemptAt: string | null;
            /**
             * @description How the delivery stands.
             * @example delivered
             * @enum {string}
             */
            state: "delivered" | "failed" | "waiting" | "held" | "passed-over" | "deleted";
            /**
             * @description One sentence: why did this not arrive?
             * @example Delivered at the first attempt.
             */
            summary: string;
            /**
             * @description Its URL now; null when it is not known any more.
             * @example https://example.com/webhooks
             */
            url: string | null;
        };
        /** @description A kind of event. */
        EventType: {
            /**
             * @description It still works, but should not be used any more.
             * @example false
             */
            deprecated: boolean;
            /**
             * @description What it says.
             * @example A message was received.
             */
            description: string;
            /**
             * @description `data` of such an event.
             * @example {
             *       "messageId": "msg_456",
             *       "content": "Hello!"
             *     }
             */
            example: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What it is listed under.
             * @example message
             */
            group: string;
            /**
             * @description Its name.
             * @example message.received
             */
            name: string;
            /**
             * @description Emitted by the system only.
             * @example false
             */
            operational: boolean;
            /**
             * @description What to use instead of a deprecated one.
             * @example null
             */
            replacement: string | null;
            /**
             * @description JSON Schema 2020-12 of `data`; null = any object.
             * @example {
             *       "type": "object"
             *     }
             */
            schema: {
                [key: string]: unknown;
            } | null;
        };
        Explain: {
            /**
             * @description Where the request would come from.
             * @example 203.0.113.9
             */
            ip?: string | unknown | unknown;
            /**
             * @description An HTTP method.
             * @example POST
             */
            method: string;
            /**
             * @description As it would be called.
             * @example /webhook-events
             */
            path: string;
        };
        /** @description Whether a finding was a key. */
        LeakFeedback: {
            /**
             * @description Whether it was a key.
             * @example true_positive
             * @enum {string}
             */
            label: "true_positive" | "false_positive";
            /**
             * @description SHA-256 of the token, in hexadecimal.
             * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
             */
            token_hash: string;
            /**
             * @description As it was reported.
             * @example webhooks_api_key
             */
            token_type: string;
        };
        LeakReport: {
            /**
             * @description In what kind of place.
             * @example content
             */
            source?: string;
            /**
             * @description What was found.
             * @example sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A
             */
            token: string;
            /**
             * @description What it seems to be.
             * @example webhooks_api_key
             */
            type: string;
            /**
             * @description Where it was found.
             * @example https://github.com/acme/app/blob/main/.env
             */
            url?: string;
        }[];
        Liveness: {
            /** @constant */
            status: "ok";
        };
        /** @description Who a key speaks for. */
        Me: {
            apiKey?: components["schemas"]["ApiKey"];
            customer: components["schemas"]["Customer"];
            user: components["schemas"]["User"];
        };
        /** @description What became of one event. */
        MessageTimeline: {
            /**
             * Format: date-time
             * @description When it was accepted.
             * @example 2026-01-31T12:00:00.000Z
             */
            acceptedAt: string;
            /** @description Endpoint by endpoint. */
            endpoints: components["schemas"]["EndpointTimeline"][];
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * Format: uuid
             * @description The event, as it was accepted.
             * @example 019bd0c0-3000-7000-8000-000000000000
             */
            messageId: string;
            /**
             * @description In one sentence.
             * @example Delivered to 1 of 1 endpoints.
             */
            summary: string;
        };
        NotReady: {
            /**
             * @description Both.
             * @example {
             *       "service": {
             *         "status": "up"
             *       },
             *       "database": {
             *         "status": "up"
             *       },
             *       "queue": {
             *         "status": "down"
             *       }
             *     }
             */
            details: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /**
             * @description What does not.
             * @example {
             *       "queue": {
             *         "status": "down"
             *       }
             *     }
             */
            error: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /**
             * @description What works.
             * @example {
             *       "service": {
             *         "status": "up"
             *       },
             *       "database": {
             *         "status": "up"
             *       },
             *       "queue": {
             *         "status": "up"
             *       }
             *     }
             */
            info: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /** @constant */
            status: "error";
        };
        /**
         * @description Mirrors `data`, in the manner of Amazon EventBridge: an object asks its fields, all of them; a list holds the alternatives for one field.
         * @example {
         *       "chatbotId": [
         *         "bot_789",
         *         {
         *           "prefix": "support_"
         *         }
         *       ]
         *     }
         */
        PayloadFilter: {
            [key: string]: components["schemas"]["PayloadFilter"] | components["schemas"]["PayloadFilterAlternative"][];
        };
        /** @description A value that is equal, or one operator. */
        PayloadFilterAlternative: (string | number | boolean | null) | {
            prefix: string;
        } | {
            suffix: string;
        } | {
            /**
             * @description One or two comparisons (`<`, `<=`, `>`, `>=`, `=`), each followed by its bound.
             * @example [
             *       ">=",
             *       10,
             *       "<",
             *       20
             *     ]
             */
            numeric: (string | number)[];
        } | {
            "anything-but": (string | number | boolean | null) | (string | number | boolean | null)[];
        } | {
            exists: boolean;
        };
        /** @description Something that a key may be allowed to do. */
        Permission: {
            /**
             * @description What it lets a key do; null when nobody has said.
             * @example Make and change API keys.
             */
            description: string | null;
            /**
             * @description `resource:action`.
             * @example api-keys:write
             */
            permission: string;
            /** @description The routes of this application that require it. */
            routes: components["schemas"]["Route"][];
            /**
             * @description What grants it as well.
             * @example [
             *       "api-keys:*",
             *       "*"
             *     ]
             */
            wildcards: string[];
        };
        /** @description An error, as RFC 9457 describes it. */
        Problem: {
            /**
             * @description What went wrong, for programs. It does not change.
             * @example invalid_request
             */
            code: string;
            /**
             * @description What went wrong and what to do, for people.
             * @example name: must be a text of 1 to 255 characters
             */
            detail: string;
            /** @description The fields that are wrong. */
            errors?: {
                /**
                 * @description Its path, parts joined by dots.
                 * @example name
                 */
                field: string;
                /**
                 * @description What is expected; completes a sentence that begins with the field.
                 * @example must be a text
                 */
                message: string;
            }[];
            /**
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description The standard title of the status.
             * @example Bad Request
             */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        PublishBatch: {
            /** @description 1 to 100 events. Each is checked by itself, so that one that is wrong does not stop the others. */
            events: components["schemas"]["BatchItem"][];
        };
        PublishEvent: {
            /**
             * @description What the event is about: an object that fits the schema of the event type, passed on as it is.
             * @example {
             *       "conversationId": "conv_123",
             *       "messageId": "msg_456",
             *       "content": "Hello!"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * @description At endpoints that keep the order, events with the same key are delivered one after another.
             * @example conv_123
             */
            orderingKey?: string;
        };
        PutCustomer: {
            /**
             * @description Its name.
             * @example Acme
             */
            name: string;
            /**
             * @description How long its events are kept; what is left out stays as it is.
             * @example {
             *       "payloadDays": 30,
             *       "eventDays": null
             *     }
             */
            retention?: components["schemas"]["Retention"];
            /**
             * @description The platform’s id of the user whom the customer belongs to.
             * @example user_123
             */
            userId: string;
        };
        RateLimit: {
            /**
             * @description Requests in one window.
             * @example 100
             */
            limit: number;
            /**
             * @description The length of the window in which they are counted.
             * @example 60
             */
            windowSeconds: number;
        };
        Readiness: {
            /**
             * @description Both.
             * @example {
             *       "service": {
             *         "status": "up"
             *       },
             *       "database": {
             *         "status": "up"
             *       },
             *       "queue": {
             *         "status": "up"
             *       }
             *     }
             */
            details: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /**
             * @description What does not.
             * @example {}
             */
            error: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /**
             * @description What works.
             * @example {
             *       "service": {
             *         "status": "up"
             *       },
             *       "database": {
             *         "status": "up"
             *       },
             *       "queue": {
             *         "status": "up"
             *       }
             *     }
             */
            info: {
                [key: string]: {
                    /**
                     * @description Whether it works.
                     * @example up
                     * @enum {string}
                     */
                    status: "up" | "down";
                } & {
                    [key: string]: unknown;
                };
            };
            /** @constant */
            status: "ok";
        };
        Recover: {
            /**
             * @description Accepted at this time or later.
             * @example 2026-01-01T00:00:00Z
             */
            since: string | unknown | unknown;
            /**
             * @description How the deliveries ended. Default: `["FAILED"]`.
             * @example [
             *       "FAILED"
             *     ]
             */
            statuses?: ("SENT" | "FAILED")[];
            /**
             * @description Accepted before this time; default: now.
             * @example 2100-01-01T00:00:00Z
             */
            until?: string | unknown | unknown;
        };
        /** @description A customer with access again. */
        ResumedCustomer: {
            /**
             * @description The platform’s id of the customer.
             * @example customer_123
             */
            id: string;
            /** @example null */
            suspendedAt: unknown | null;
        };
        Retention: {
            /**
             * @description Days until deliveries and their messages are deleted; null = the default.
             * @example 90
             */
            eventDays?: number | null;
            /**
             * @description Days until the bodies of finished deliveries are emptied; null = the default.
             * @example 30
             */
            payloadDays?: number | null;
        };
        /** @description When a failed delivery is tried again. */
        RetryPolicy: {
            /**
             * @description Attempts in all, the first included.
             * @example 3
             */
            attempts: number;
            schedule: {
                /**
                 * @description One by one; the last counts for all further failures.
                 * @example [
                 *       1000,
                 *       2000
                 *     ]
                 */
                delaysMs: number[];
                /** @constant */
                type: "list";
            } | {
                /**
                 * @description The first wait.
                 * @example 1000
                 */
                baseMs: number;
                /**
                 * @description How much longer each is than the one before.
                 * @example 2
                 */
                factor: number;
                /**
                 * @description By what part of itself a wait is shortened at random.
                 * @example 0.1
                 */
                jitter: number;
                /**
                 * @description The longest wait.
                 * @example 3600000
                 */
                maxMs: number;
                /** @constant */
                type: "exponential";
            };
        };
        RotateApiKey: {
            /**
             * @description When the new key expires; left out = when the old one would have, null = never.
             * @example null
             */
            expiresAt?: ((string | unknown | unknown) | null) | unknown | unknown;
            /**
             * @description How long the old key is accepted beside the new one; 0 = not at all. Default: a day.
             * @example 86400
             */
            gracePeriodSeconds?: number;
        };
        /** @description The successor, with its key, and the old key as it is now. */
        RotatedApiKey: {
            /**
             * @description Ranges that it may be used from; empty = everywhere.
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            allowedCidrs: string[];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description Why it is not active: `deactivated`, `rotated`, `leaked` or `self-revoked`.
             * @example null
             */
            deactivatedReason: string | null;
            /**
             * Format: date-time
             * @description From then on it is refused; null = never.
             * @example 2027-01-31T12:00:00.000Z
             */
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description The key’s id; not the key.
             * @example 019bd0c0-1000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Whether it is accepted.
             * @example true
             */
            isActive: boolean;
            /**
             * @description A decoy: it opens nothing, and using it sets off an alarm.
             * @example false
             */
            isCanary: boolean;
            /**
             * @description The key itself: in this answer and never again.
             * @example sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A
             */
            key: string;
            /**
             * @description The customer’s own: an environment, a team.
             * @example {
             *       "environment": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it was last used; written once a minute.
             * @example 2026-01-31T12:00:00.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description From where.
             * @example 203.0.113.9
             */
            lastUsedIp: string | null;
            /**
             * @description By what program.
             * @example node
             */
            lastUsedUserAgent: string | null;
            /**
             * @description Its name.
             * @example Production
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "messages:send"
             *     ]
             */
            permissions: string[];
            /** @description The old key. */
            predecessor: components["schemas"]["ApiKey"];
            /**
             * @description `sk_…` and its last four characters; null when it was imported as a digest.
             * @example sk_…x4Zq
             */
            preview: string | null;
            /** @description Its own rate limit; null = none. */
            rateLimit: components["schemas"]["ApiKeyRateLimit"] | null;
            /**
             * Format: date-time
             * @description When it got a successor.
             * @example null
             */
            rotatedAt: string | null;
            /**
             * Format: uuid
             * @description The key that took its place.
             * @example null
             */
            successorId: string | null;
        };
        RotateSecret: {
            /**
             * @description How long the secret of before signs as well; a day unless told. 0 ends it at once.
             * @example 86400
             */
            overlapSeconds?: number;
        };
        /** @description How the rotation of a key stands. */
        Rotation: {
            /**
             * Format: date-time
             * @description Until then both are accepted; in the past, only the successor is.
             * @example 2026-01-31T12:00:00.000Z
             */
            graceEndsAt: string | null;
            /** @description The old key. */
            predecessor: components["schemas"]["ApiKey"];
            /**
             * @description Seconds since the old key was last used; null = not since the rotation.
             * @example 7200
             */
            predecessorQuietForSeconds: number | null;
            /**
             * @description The new key is in use, and the old one has not been for an hour.
             * @example true
             */
            safeToCutOver: boolean;
            /** @description The key that takes its place. */
            successor: components["schemas"]["ApiKey"];
        };
        /** @description A route of this application. */
        Route: {
            /**
             * @description `ALL` when it takes every method.
             * @example POST
             */
            method: string;
            /**
             * @description As it is called.
             * @example /api-keys/:id/rotate
             */
            path: string;
        };
        SuspendCustomer: {
            /**
             * @description Shown to whoever is refused.
             * @example unpaid invoices
             */
            reason?: string;
        };
        /** @description A customer without access. */
        SuspendedCustomer: {
            /**
             * @description The platform’s id of the customer.
             * @example customer_123
             */
            id: string;
            /**
             * @description Shown to whoever is refused.
             * @example unpaid invoices
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-01-31T12:00:00.000Z
             */
            suspendedAt: string;
        };
        TestSend: {
            /**
             * @description The event type whose sample is sent. Default: the first that the endpoint asks for.
             * @example message.received
             */
            event?: string;
        };
        /** @description What came of a test send. */
        TestSendResult: {
            /**
             * @description How long it took.
             * @example 42
             */
            durationMs: number;
            /**
             * @description For people; null exactly for a 2xx answer.
             * @example null
             */
            error: string | null;
            /**
             * @description For programs; null exactly for a 2xx answer.
             * @example null
             */
            errorCode: string | null;
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * Format: uuid
             * @description The delivery in the log.
             * @example 019bd0c0-3000-7000-8000-000000000001
             */
            eventId: string;
            /**
             * @description The start of the answer; null when none came.
             * @example OK
             */
            responseBody: string | null;
            /**
             * @description What was answered; null when no answer came.
             * @example 200
             */
            statusCode: number | null;
        };
        /** @description One thing that happened, or will. */
        TimelineEntry: {
            /**
             * Format: date-time
             * @description When; null when the time is not known.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string | null;
            /**
             * @description Its number, for `attempt` and `next-attempt`.
             * @example 1
             */
            attempt?: number;
            /**
             * @description In words.
             * @example attempt 1: HTTP 200
             */
            detail: string;
            /**
             * @description How long it took.
             * @example 42
             */
            durationMs?: number;
            /**
             * @description What went wrong, for people.
             * @example null
             */
            error?: string | null;
            /**
             * @description What went wrong, for programs.
             * @example null
             */
            errorCode?: string | null;
            /**
             * @description What was answered.
             * @example 200
             */
            statusCode?: number | null;
            /**
             * @description What.
             * @example attempt
             * @enum {string}
             */
            what: "accepted" | "passed-over" | "queued" | "attempt" | "resent" | "held" | "next-attempt" | "delivered" | "failed" | "deleted";
        };
        TlsSettings: {
            /**
             * @description PEM. Trusted instead of the public authorities.
             * @example null
             */
            caCertificate?: string | null;
            /**
             * @description PEM. Shown to the receiver: the certificate first, then its intermediates.
             * @example null
             */
            clientCertificate?: string | null;
            /**
             * @description PEM. The private key of the client certificate, without a passphrase. It is never shown again.
             * @example null
             */
            clientKey?: string | null;
        };
        UpdateApiKey: {
            /**
             * @description Address ranges that it may be used from; empty = everywhere.
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            allowedCidrs?: string[];
            /**
             * @description When it ends: in the future, or null = never.
             * @example 2100-01-31T12:00:00Z
             */
            expiresAt?: ((string | unknown | unknown) | null) | unknown | unknown;
            /**
             * @description False ends it, true opens it again.
             * @example true
             */
            isActive?: boolean;
            /**
             * @description The customer’s own: an environment, a team.
             * @example {
             *       "environment": "production"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Its name.
             * @example Production
             */
            name?: string;
            /**
             * @description What the key may do: `*`, `resource:*` or `resource:action`. Left out, it may do nothing.
             * @example [
             *       "messages:send"
             *     ]
             */
            permissions?: string[];
            /**
             * @description Its own rate limit; null = none.
             * @example {
             *       "limit": 100,
             *       "windowSeconds": 60
             *     }
             */
            rateLimit?: components["schemas"]["RateLimit"] | null;
        };
        UpdateEndpoint: {
            /**
             * @description Attempts at once, over all workers; null = no limit.
             * @example 5
             */
            concurrency?: number | null;
            /**
             * @description Your own words; null = none.
             * @example CRM
             */
            description?: string | null;
            /**
             * @description Event names, or wildcards like `message.*`; empty = all events.
             * @example [
             *       "message.*"
             *     ]
             */
            events?: string[];
            /**
             * @description Which payloads it receives; null = all.
             * @example null
             */
            filter?: components["schemas"]["PayloadFilter"] | null;
            /**
             * @description Headers of your own, sent with every attempt; null = none. Their values are not shown again.
             * @example {
             *       "X-Tenant": "acme"
             *     }
             */
            headers?: {
                [key: string]: string;
            } | null;
            /**
             * @description False pauses the endpoint: events are held. True delivers again, what was held first.
             * @example true
             */
            isActive?: boolean;
            /**
             * @description Whether events with the same ordering key are delivered one after another.
             * @example false
             */
            ordered?: boolean;
            /**
             * @description Attempts per second, over all workers; null = no limit.
             * @example 10
             */
            ratePerSecond?: number | null;
            /** @description When a failed delivery is tried again; null = the default. */
            retryPolicy?: components["schemas"]["RetryPolicy"] | null;
            /**
             * @description Total time for one attempt; null = the service’s default.
             * @example 15000
             */
            timeoutMs?: number | null;
            /**
             * @description Null removes all; a field that is left out stays as it is.
             * @example null
             */
            tls?: components["schemas"]["TlsSettings"] | null;
            /**
             * @description Where events are sent from now on.
             * @example https://example.com/webhooks
             */
            url?: string;
        };
        /** @description A user of the platform. */
        User: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The platform’s id of the user whom it belongs to.
             * @example user_123
             */
            id: string;
        };
        /** @description One HTTP try. */
        WebhookAttempt: {
            /**
             * @description Its number.
             * @example 1
             */
            attempt: number;
            /**
             * @description How long it took.
             * @example 42
             */
            durationMs: number;
            /**
             * @description What went wrong, for people.
             * @example null
             */
            error: string | null;
            /**
             * @description What went wrong, for programs.
             * @example null
             */
            errorCode: string | null;
            /**
             * @description The start of the answer.
             * @example OK
             */
            responseBody: string | null;
            /**
             * @description The answer’s headers that explain it.
             * @example {
             *       "content-type": "text/plain"
             *     }
             */
            responseHeaders: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-01-31T12:00:00.000Z
             */
            startedAt: string;
            /**
             * @description What was answered; null when no answer came.
             * @example 200
             */
            statusCode: number | null;
            /**
             * @description Where it is sent.
             * @example https://example.com/webhooks
             */
            url: string;
            /**
             * @description The process that made it.
             * @example worker-1
             */
            worker: string | null;
        };
        /** @description A URL that events are delivered to. */
        WebhookEndpoint: {
            /**
             * @description Attempts at once, over all workers; null = no limit.
             * @example null
             */
            concurrency: number | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The customer’s own words.
             * @example CRM
             */
            description: string | null;
            /**
             * @description Why it is disabled: `gone` (HTTP 410) or `failing`.
             * @example null
             */
            disabledReason: string | null;
            /**
             * @description The events it receives, wildcards included; empty = all.
             * @example [
             *       "message.*"
             *     ]
             */
            events: string[];
            /**
             * @description Which payloads it receives; null = all.
             * @example null
             */
            filter: components["schemas"]["PayloadFilter"] | null;
            /**
             * @description Names of the customer’s own headers; their values are not shown.
             * @example [
             *       "Authorization"
             *     ]
             */
            headers: string[];
            /**
             * Format: uuid
             * @description Its id.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Whether it delivers.
             * @example true
             */
            isActive: boolean;
            /**
             * @description Whether events with the same ordering key are delivered one after another.
             * @example false
             */
            ordered: boolean;
            /**
             * @description The public key before the last rotation, while its signature is still sent.
             * @example null
             */
            previousPublicKey: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation signs as well.
             * @example null
             */
            previousSecretExpiresAt: string | null;
            /**
             * @description Verifies what is sent to a `v1a` endpoint; null with `v1`.
             * @example null
             */
            publicKey: string | null;
            /**
             * @description Attempts per second, over all workers; null = no limit.
             * @example null
             */
            ratePerSecond: number | null;
            retryPolicy: components["schemas"]["RetryPolicy"];
            /**
             * @description `v1`: HMAC-SHA256 with a shared secret. `v1a`: Ed25519 with a key pair.
             * @example v1
             * @enum {string}
             */
            signatureScheme: "v1" | "v1a";
            /**
             * @description `active` delivers, `paused` holds what comes, `disabled` takes nothing new and holds what waits.
             * @example active
             * @enum {string}
             */
            state: "active" | "paused" | "disabled";
            /**
             * @description Total time for one attempt; null = the service’s default.
             * @example null
             */
            timeoutMs: number | null;
            /**
             * @description TLS settings; null = none of its own.
             * @example null
             */
            tls: components["schemas"]["EndpointTls"] | null;
            /**
             * @description Where events are sent.
             * @example https://example.com/webhooks
             */
            url: string;
        };
        /** @description An endpoint with its new signing secret. */
        WebhookEndpointWithSecret: {
            /**
             * @description Attempts at once, over all workers; null = no limit.
             * @example null
             */
            concurrency: number | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description The customer’s own words.
             * @example CRM
             */
            description: string | null;
            /**
             * @description Why it is disabled: `gone` (HTTP 410) or `failing`.
             * @example null
             */
            disabledReason: string | null;
            /**
             * @description The events it receives, wildcards included; empty = all.
             * @example [
             *       "message.*"
             *     ]
             */
            events: string[];
            /**
             * @description Which payloads it receives; null = all.
             * @example null
             */
            filter: components["schemas"]["PayloadFilter"] | null;
            /**
             * @description Names of the customer’s own headers; their values are not shown.
             * @example [
             *       "Authorization"
             *     ]
             */
            headers: string[];
            /**
             * Format: uuid
             * @description Its id.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Whether it delivers.
             * @example true
             */
            isActive: boolean;
            /**
             * @description Whether events with the same ordering key are delivered one after another.
             * @example false
             */
            ordered: boolean;
            /**
             * @description The public key before the last rotation, while its signature is still sent.
             * @example null
             */
            previousPublicKey: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation signs as well.
             * @example null
             */
            previousSecretExpiresAt: string | null;
            /**
             * @description Verifies what is sent to a `v1a` endpoint; null with `v1`.
             * @example null
             */
            publicKey: string | null;
            /**
             * @description Attempts per second, over all workers; null = no limit.
             * @example null
             */
            ratePerSecond: number | null;
            retryPolicy: components["schemas"]["RetryPolicy"];
            /**
             * @description Signs what is sent: in this answer and never again. Not with `v1a`.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret?: string;
            /**
             * @description `v1`: HMAC-SHA256 with a shared secret. `v1a`: Ed25519 with a key pair.
             * @example v1
             * @enum {string}
             */
            signatureScheme: "v1" | "v1a";
            /**
             * @description `active` delivers, `paused` holds what comes, `disabled` takes nothing new and holds what waits.
             * @example active
             * @enum {string}
             */
            state: "active" | "paused" | "disabled";
            /**
             * @description Total time for one attempt; null = the service’s default.
             * @example null
             */
            timeoutMs: number | null;
            /**
             * @description TLS settings; null = none of its own.
             * @example null
             */
            tls: components["schemas"]["EndpointTls"] | null;
            /**
             * @description Where events are sent.
             * @example https://example.com/webhooks
             */
            url: string;
        };
        /** @description One event on its way to one endpoint. */
        WebhookEvent: {
            /**
             * @description Attempts made.
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was accepted.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            endpointId: string;
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * @description Why it waits though it is due: `paused`, `ordering`, …
             * @example null
             */
            heldReason: string | null;
            /**
             * Format: uuid
             * @description The delivery; receivers get it as `webhook-id`.
             * @example 019bd0c0-3000-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Why the last attempt failed.
             * @example null
             */
            lastError: string | null;
            /**
             * Format: uuid
             * @description The event, as it was accepted.
             * @example 019bd0c0-3000-7000-8000-000000000000
             */
            messageId: string;
            /**
             * Format: date-time
             * @description When it is tried again.
             * @example null
             */
            nextAttemptAt: string | null;
            /**
             * Format: date-time
             * @description When it was SENT or FAILED.
             * @example 2026-01-31T12:00:00.000Z
             */
            processedAt: string | null;
            /**
             * @description Under way or waiting, delivered, or given up.
             * @example SENT
             * @enum {string}
             */
            status: "PENDING" | "SENT" | "FAILED";
            /**
             * @description Where it is sent.
             * @example https://example.com/webhooks
             */
            url: string;
        };
        /** @description A delivery with its body and its attempts. */
        WebhookEventDetail: {
            /** @description By number. */
            attemptLog: components["schemas"]["WebhookAttempt"][];
            /**
             * @description Attempts made.
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was accepted.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019bd0c0-2000-7000-8000-000000000000
             */
            endpointId: string;
            /**
             * @description The event type.
             * @example message.received
             */
            event: string;
            /**
             * @description Why it waits though it is due: `paused`, `ordering`, …
             * @example null
             */
            heldReason: string | null;
            /**
             * Format: uuid
             * @description The delivery; receivers get it as `webhook-id`.
             * @example 019bd0c0-3000-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Why the last attempt failed.
             * @example null
             */
            lastError: string | null;
            /**
             * Format: uuid
             * @description The event, as it was accepted.
             * @example 019bd0c0-3000-7000-8000-000000000000
             */
            messageId: string;
            /**
             * Format: date-time
             * @description When it is tried again.
             * @example null
             */
            nextAttemptAt: string | null;
            /**
             * @description The body as it is sent; null when retention has emptied it.
             * @example {
             *       "event": "message.received",
             *       "timestamp": "2026-01-31T12:00:00.000Z",
             *       "data": {
             *         "content": "Hello!"
             *       }
             *     }
             */
            payload: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When retention emptied the body.
             * @example null
             */
            payloadErasedAt: string | null;
            /**
             * Format: date-time
             * @description When it was SENT or FAILED.
             * @example 2026-01-31T12:00:00.000Z
             */
            processedAt: string | null;
            /**
             * @description Under way or waiting, delivered, or given up.
             * @example SENT
             * @enum {string}
             */
            status: "PENDING" | "SENT" | "FAILED";
            /**
             * @description Where it is sent.
             * @example https://example.com/webhooks
             */
            url: string;
        };
        /** @description A part of a list, newest first. */
        WebhookEventPage: {
            /** @description Newest first. */
            data: components["schemas"]["WebhookEvent"][];
            /**
             * @description Pass it as `cursor` for the next page; null at the end.
             * @example AQGb0MAAAHAAgAAAAAAAAAA
             */
            nextCursor: string | null;
        };
        /** @description A job that sends deliveries again. */
        WebhookReplay: {
            /**
             * Format: date-time
             * @description When it was asked for.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Only of this endpoint; null = of all.
             * @example null
             */
            endpointId: string | null;
            /**
             * @description Only of this event type; null = of all.
             * @example null
             */
            event: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             * @example null
             */
            finishedAt: string | null;
            /**
             * Format: date-time
             * @description Accepted at this time or later.
             * @example 2026-01-30T12:00:00.000Z
             */
            from: string;
            /**
             * Format: uuid
             * @description Its id.
             * @example 019bd0c0-4000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description Deliveries looked at that match.
             * @example 120
             */
            matched: number;
            /**
             * @description From 0 to 1.
             * @example 0.5
             */
            progress: number;
            /**
             * @description Deliveries sent again.
             * @example 60
             */
            resent: number;
            /**
             * @description How it stands.
             * @example RUNNING
             * @enum {string}
             */
            status: "RUNNING" | "DONE" | "CANCELLED";
            /**
             * @description How the deliveries had ended.
             * @example [
             *       "FAILED"
             *     ]
             */
            statuses: ("SENT" | "FAILED")[];
            /**
             * Format: date-time
             * @description Accepted before this time.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
        };
        /** @description A part of a list, newest first. */
        WebhookReplayPage: {
            /** @description Newest first. */
            data: components["schemas"]["WebhookReplay"][];
            /**
             * @description Pass it as `cursor` for the next page; null at the end.
             * @example AQGb0MAAAHAAgAAAAAAAAAA
             */
            nextCursor: string | null;
        };
    };
    responses: {
        /** @description Bad Request: `certificate_expired`, `client_key_missing`, `invalid_body`, `invalid_certificate`, `invalid_endpoint_policy`, `invalid_id`, `invalid_private_key`, `invalid_request`, `key_mismatch`, `nested_too_deeply`, `tls_requires_https`, `url_not_allowed`. */
        "400.certificate_expired.client_key_missing.invalid_body.invalid_certificate.invalid_endpoint_policy.invalid_id.invalid_private_key.invalid_request.key_mismatch.nested_too_deeply.tls_requires_https.url_not_allowed": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "certificate_expired" | "client_key_missing" | "invalid_body" | "invalid_certificate" | "invalid_endpoint_policy" | "invalid_id" | "invalid_private_key" | "invalid_request" | "key_mismatch" | "nested_too_deeply" | "tls_requires_https" | "url_not_allowed";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `certificate_expired`, `client_key_missing`, `invalid_body`, `invalid_certificate`, `invalid_endpoint_policy`, `invalid_private_key`, `invalid_request`, `key_mismatch`, `nested_too_deeply`, `tls_requires_https`, `url_not_allowed`. */
        "400.certificate_expired.client_key_missing.invalid_body.invalid_certificate.invalid_endpoint_policy.invalid_private_key.invalid_request.key_mismatch.nested_too_deeply.tls_requires_https.url_not_allowed.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "certificate_expired" | "client_key_missing" | "invalid_body" | "invalid_certificate" | "invalid_endpoint_policy" | "invalid_private_key" | "invalid_request" | "key_mismatch" | "nested_too_deeply" | "tls_requires_https" | "url_not_allowed";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_customer`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_customer.invalid_request.nested_too_deeply.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_customer" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_emit_option`, `invalid_event_data`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_emit_option.invalid_event_data.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_emit_option" | "invalid_event_data" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_expires_at`, `invalid_id`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_expires_at.invalid_id.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_expires_at" | "invalid_id" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_expires_at`, `invalid_id`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_expires_at.invalid_id.invalid_request.nested_too_deeply.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_expires_at" | "invalid_id" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_expires_at`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_expires_at.invalid_request.nested_too_deeply.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_expires_at" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_id`, `invalid_range`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_id.invalid_range.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_id" | "invalid_range" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_id`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_id.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_id" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_id`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_id.invalid_request.nested_too_deeply.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_id" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_range`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_range.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_range" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_report`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_report.invalid_request.nested_too_deeply.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_report" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_request.nested_too_deeply": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_body`, `invalid_request`, `nested_too_deeply`. */
        "400.invalid_body.invalid_request.nested_too_deeply.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_body" | "invalid_request" | "nested_too_deeply";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_cursor`, `invalid_request`. */
        "400.invalid_cursor.invalid_request": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_cursor" | "invalid_request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_id`, `invalid_range`, `invalid_request`, `range_too_long`. */
        "400.invalid_id.invalid_range.invalid_request.range_too_long": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_id" | "invalid_range" | "invalid_request" | "range_too_long";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_id`, `invalid_request`. */
        "400.invalid_id.invalid_request": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_id" | "invalid_request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_request`. */
        "400.invalid_request": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Bad Request: `invalid_request`. */
        "400.invalid_request.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid_request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Unauthorized: `api_key_expired`, `api_key_inactive`, `api_key_unknown`, `credentials_missing`, `invalid_credentials`. */
        "401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "api_key_expired" | "api_key_inactive" | "api_key_unknown" | "credentials_missing" | "invalid_credentials";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description Unauthorized: `api_key_expired`, `api_key_inactive`, `api_key_unknown`, `credentials_missing`, `invalid_credentials`, `token_invalid`. */
        "401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "api_key_expired" | "api_key_inactive" | "api_key_unknown" | "credentials_missing" | "invalid_credentials" | "token_invalid";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description Unauthorized: `credentials_missing`, `invalid_credentials`, `operator_access_off`, `operator_token_invalid`. */
        "401.credentials_missing.invalid_credentials.operator_access_off.operator_token_invalid": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "credentials_missing" | "invalid_credentials" | "operator_access_off" | "operator_token_invalid";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description Unauthorized: `signature_invalid`. */
        "401.signature_invalid": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "signature_invalid";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description Forbidden: `customer_not_accessible`, `customer_suspended`, `ip_not_allowed`. */
        "403.customer_not_accessible.customer_suspended.ip_not_allowed": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_not_accessible" | "customer_suspended" | "ip_not_allowed";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Forbidden: `customer_not_accessible`, `customer_suspended`, `ip_not_allowed`, `permission_missing`. */
        "403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_not_accessible" | "customer_suspended" | "ip_not_allowed" | "permission_missing";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Forbidden: `customer_not_accessible`, `customer_suspended`, `ip_not_allowed`, `permission_missing`. */
        "403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_not_accessible" | "customer_suspended" | "ip_not_allowed" | "permission_missing";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Forbidden: `customer_not_accessible`, `customer_suspended`, `ip_not_allowed`, `permission_missing`, `permission_not_held`. */
        "403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_not_accessible" | "customer_suspended" | "ip_not_allowed" | "permission_missing" | "permission_not_held";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Forbidden: `customer_not_accessible`, `customer_suspended`, `ip_not_allowed`, `permission_missing`, `permission_not_held`. */
        "403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_not_accessible" | "customer_suspended" | "ip_not_allowed" | "permission_missing" | "permission_not_held";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Forbidden: `customer_suspended`, `ip_not_allowed`. */
        "403.customer_suspended.ip_not_allowed": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_suspended" | "ip_not_allowed";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Not Found: `no_such_route`. */
        "404.no_such_route.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_such_route";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description Not Found: `not_found`. */
        "404.not_found": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description Not Found: `not_found`. */
        "404.not_found.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description Not Found: `not_found`. */
        "404.not_found.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description Conflict: `api_key_expired`, `api_key_inactive`, `api_key_rotated`, `too_many_api_keys`. */
        "409.api_key_expired.api_key_inactive.api_key_rotated.too_many_api_keys.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "api_key_expired" | "api_key_inactive" | "api_key_rotated" | "too_many_api_keys";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `api_key_leaked`, `api_key_rotated`. */
        "409.api_key_leaked.api_key_rotated": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "api_key_leaked" | "api_key_rotated";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `customer_being_erased`, `customer_owner_differs`. */
        "409.customer_being_erased.customer_owner_differs.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_being_erased" | "customer_owner_differs";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `customer_being_erased`. */
        "409.customer_being_erased.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "customer_being_erased";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `delivery_pending`, `endpoint_deleted`, `payload_erased`. */
        "409.delivery_pending.endpoint_deleted.payload_erased": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "delivery_pending" | "endpoint_deleted" | "payload_erased";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `idempotency_key_reused`. */
        "409.idempotency_key_reused": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "idempotency_key_reused";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `replay_done`. */
        "409.replay_done": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "replay_done";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `too_many_api_keys`. */
        "409.too_many_api_keys": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_api_keys";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `too_many_api_keys`. */
        "409.too_many_api_keys.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_api_keys";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `too_many_endpoints`. */
        "409.too_many_endpoints.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_endpoints";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Conflict: `too_many_replays`. */
        "409.too_many_replays": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_replays";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Payload Too Large: `payload_too_large`. */
        "413.payload_too_large": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "payload_too_large";
                    /** @constant */
                    status?: 413;
                };
            };
        };
        /** @description Payload Too Large: `payload_too_large`, `too_many_findings`. */
        "413.payload_too_large.too_many_findings.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "payload_too_large" | "too_many_findings";
                    /** @constant */
                    status?: 413;
                };
            };
        };
        /** @description Payload Too Large: `payload_too_large`. */
        "413.payload_too_large.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "payload_too_large";
                    /** @constant */
                    status?: 413;
                };
            };
        };
        /** @description Unsupported Media Type: `unsupported_media_type`. */
        "415.unsupported_media_type": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                    /** @constant */
                    status?: 415;
                };
            };
        };
        /** @description Unsupported Media Type: `unsupported_media_type`. */
        "415.unsupported_media_type.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                    /** @constant */
                    status?: 415;
                };
            };
        };
        /** @description Unprocessable Entity: `event_data_invalid`, `event_type_operational`, `unknown_event_type`. */
        "422.event_data_invalid.event_type_operational.unknown_event_type": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_data_invalid" | "event_type_operational" | "unknown_event_type";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Unprocessable Entity: `event_type_without_example`, `unknown_event_type`. */
        "422.event_type_without_example.unknown_event_type": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "event_type_without_example" | "unknown_event_type";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Unprocessable Entity: `unknown_event_type`. */
        "422.unknown_event_type": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unknown_event_type";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Unprocessable Entity: `unknown_event_type`. */
        "422.unknown_event_type.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unknown_event_type";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Unprocessable Entity: `unknown_permission`. */
        "422.unknown_permission": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unknown_permission";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Unprocessable Entity: `unknown_permission`. */
        "422.unknown_permission.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unknown_permission";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Too Many Requests: `rate_limited`, `too_many_unknown_keys`. */
        "429.rate_limited.too_many_unknown_keys": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "rate_limited" | "too_many_unknown_keys";
                    /** @constant */
                    status?: 429;
                };
            };
        };
        /** @description Internal Server Error: `internal_error`. */
        "500.internal_error": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "internal_error";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description Internal Server Error: `internal_error`. */
        "500.internal_error.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "internal_error";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description Internal Server Error: `internal_error`. */
        "500.internal_error.unlimited": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "internal_error";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description Service Unavailable: `database_conflict`, `database_unavailable`. */
        "503.database_conflict.database_unavailable": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_conflict" | "database_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_conflict`, `database_unavailable`, `github_keys_unavailable`, `raw_body_missing`. */
        "503.database_conflict.database_unavailable.github_keys_unavailable.raw_body_missing.unlimited": {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_conflict" | "database_unavailable" | "github_keys_unavailable" | "raw_body_missing";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_conflict`, `database_unavailable`, `token_keys_unavailable`. */
        "503.database_conflict.database_unavailable.token_keys_unavailable": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_conflict" | "database_unavailable" | "token_keys_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_conflict`, `database_unavailable`, `token_keys_unavailable`. */
        "503.database_conflict.database_unavailable.token_keys_unavailable.no-store": {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_conflict" | "database_unavailable" | "token_keys_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_conflict`, `database_unavailable`. */
        "503.database_conflict.database_unavailable.unlimited": {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_conflict" | "database_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_unavailable`. */
        "503.database_unavailable": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Service Unavailable: `database_unavailable`, `token_keys_unavailable`. */
        "503.database_unavailable.token_keys_unavailable": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "database_unavailable" | "token_keys_unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
    };
    parameters: {
        /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
        traceparent: string;
        /** @description Always the same. */
        "User-Agent": string;
        /** @description The delivery, the same on every attempt: deduplicate by it. */
        "webhook-id": string;
        /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
        "webhook-signature": string;
        /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
        "webhook-timestamp": number;
        /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
        "X-Request-Id": string;
        /** @description The number of the attempt: 1, 2, 3, … */
        "X-Webhook-Attempt": number;
        /** @description The event type. */
        "X-Webhook-Event": string;
        /** @description The same as `webhook-id`. */
        "X-Webhook-ID": string;
    };
    requestBodies: never;
    headers: {
        /** @description Nobody may keep the answer: it holds a secret, unless it is an error. */
        "Cache-Control": "no-store";
        /** @description What is left of it, as draft-ietf-httpapi-ratelimit-headers writes it. For a key that has a rate limit of its own, whatever the answer is. */
        RateLimit: string;
        /** @description Requests in one window. For a key that has a rate limit of its own, whatever the answer is. */
        "RateLimit-Limit": number;
        /** @description The limit, as draft-ietf-httpapi-ratelimit-headers writes it. For a key that has a rate limit of its own, whatever the answer is. */
        "RateLimit-Policy": string;
        /** @description Requests that this window still has room for. For a key that has a rate limit of its own, whatever the answer is. */
        "RateLimit-Remaining": number;
        /** @description Seconds until the window ends. For a key that has a rate limit of its own, whatever the answer is. */
        "RateLimit-Reset": number;
        /** @description Seconds after which to try again. */
        "Retry-After": number;
        /** @description What is missing, as RFC 6750 says. */
        "WWW-Authenticate": string;
        /** @description The request’s id, by which its log lines are found: its own `X-Request-Id`, else the id of its trace, else a new one. */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApiKeys: {
        parameters: {
            query?: {
                /** @description `true`: the deleted keys that can still be restored, instead of the others. */
                deleted?: "true" | "false";
                /** @description `name:value`: only keys with this label. */
                label?: string;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "019bd0c0-1000-7000-8000-000000000000",
                     *         "name": "Production",
                     *         "preview": "sk_…x4Zq",
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "labels": {
                     *           "environment": "production"
                     *         },
                     *         "isActive": true,
                     *         "deactivatedReason": null,
                     *         "expiresAt": "2027-01-31T12:00:00.000Z",
                     *         "allowedCidrs": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "rateLimit": {
                     *           "limit": 100,
                     *           "windowSeconds": 60
                     *         },
                     *         "isCanary": false,
                     *         "successorId": null,
                     *         "rotatedAt": null,
                     *         "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *         "lastUsedIp": "203.0.113.9",
                     *         "lastUsedUserAgent": "node",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ApiKey"][];
                };
            };
            400: components["responses"]["400.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Production",
                 *       "isCanary": false,
                 *       "permissions": [
                 *         "messages:send"
                 *       ],
                 *       "labels": {
                 *         "environment": "production"
                 *       },
                 *       "expiresAt": "2100-01-31T12:00:00Z",
                 *       "allowedCidrs": [
                 *         "203.0.113.0/24"
                 *       ],
                 *       "rateLimit": {
                 *         "limit": 100,
                 *         "windowSeconds": 60
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "key": "sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A",
                     *       "name": "Production",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "isActive": true,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_expires_at.invalid_request.nested_too_deeply.no-store"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held.no-store"];
            409: components["responses"]["409.too_many_api_keys.no-store"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.unknown_permission.no-store"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error.no-store"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable.no-store"];
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Production",
                 *       "isActive": true,
                 *       "permissions": [
                 *         "messages:send"
                 *       ],
                 *       "labels": {
                 *         "environment": "production"
                 *       },
                 *       "expiresAt": "2100-01-31T12:00:00Z",
                 *       "allowedCidrs": [
                 *         "203.0.113.0/24"
                 *       ],
                 *       "rateLimit": {
                 *         "limit": 100,
                 *         "windowSeconds": 60
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["UpdateApiKey"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_expires_at.invalid_id.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.api_key_leaked.api_key_rotated"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.unknown_permission"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    deactivateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    explainApiKeyAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "method": "POST",
                 *       "path": "/webhook-events",
                 *       "ip": "203.0.113.9"
                 *     }
                 */
                "application/json": components["schemas"]["Explain"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "allowed": false,
                     *       "route": {
                     *         "method": "POST",
                     *         "path": "/api-keys/:id/rotate"
                     *       },
                     *       "required": [
                     *         "messages:send"
                     *       ],
                     *       "missing": [
                     *         "messages:send"
                     *       ],
                     *       "reasons": [
                     *         {
                     *           "code": "permission_missing",
                     *           "detail": "The key does not hold messages:send."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccessExplanation"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_id.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    restoreApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.too_many_api_keys"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "gracePeriodSeconds": 86400,
                 *       "expiresAt": null
                 *     }
                 */
                "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "key": "sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A",
                     *       "predecessor": {
                     *         "id": "019bd0c0-1000-7000-8000-000000000000",
                     *         "name": "Production",
                     *         "preview": "sk_…x4Zq",
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "labels": {
                     *           "environment": "production"
                     *         },
                     *         "isActive": true,
                     *         "deactivatedReason": null,
                     *         "expiresAt": "2027-01-31T12:00:00.000Z",
                     *         "allowedCidrs": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "rateLimit": {
                     *           "limit": 100,
                     *           "windowSeconds": 60
                     *         },
                     *         "isCanary": false,
                     *         "successorId": null,
                     *         "rotatedAt": null,
                     *         "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *         "lastUsedIp": "203.0.113.9",
                     *         "lastUsedUserAgent": "node",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RotatedApiKey"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_expires_at.invalid_id.invalid_request.nested_too_deeply.no-store"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.permission_not_held.no-store"];
            404: components["responses"]["404.not_found.no-store"];
            409: components["responses"]["409.api_key_expired.api_key_inactive.api_key_rotated.too_many_api_keys.no-store"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error.no-store"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable.no-store"];
        };
    };
    getApiKeyRotation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "predecessor": {
                     *         "id": "019bd0c0-1000-7000-8000-000000000000",
                     *         "name": "Production",
                     *         "preview": "sk_…x4Zq",
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "labels": {
                     *           "environment": "production"
                     *         },
                     *         "isActive": true,
                     *         "deactivatedReason": null,
                     *         "expiresAt": "2027-01-31T12:00:00.000Z",
                     *         "allowedCidrs": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "rateLimit": {
                     *           "limit": 100,
                     *           "windowSeconds": 60
                     *         },
                     *         "isCanary": false,
                     *         "successorId": null,
                     *         "rotatedAt": null,
                     *         "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *         "lastUsedIp": "203.0.113.9",
                     *         "lastUsedUserAgent": "node",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "successor": {
                     *         "id": "019bd0c0-1000-7000-8000-000000000000",
                     *         "name": "Production",
                     *         "preview": "sk_…x4Zq",
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "labels": {
                     *           "environment": "production"
                     *         },
                     *         "isActive": true,
                     *         "deactivatedReason": null,
                     *         "expiresAt": "2027-01-31T12:00:00.000Z",
                     *         "allowedCidrs": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "rateLimit": {
                     *           "limit": 100,
                     *           "windowSeconds": 60
                     *         },
                     *         "isCanary": false,
                     *         "successorId": null,
                     *         "rotatedAt": null,
                     *         "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *         "lastUsedIp": "203.0.113.9",
                     *         "lastUsedUserAgent": "node",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "graceEndsAt": "2026-01-31T12:00:00.000Z",
                     *       "predecessorQuietForSeconds": 7200,
                     *       "safeToCutOver": true
                     *     }
                     */
                    "application/json": components["schemas"]["Rotation"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    getApiKeyUsage: {
        parameters: {
            query?: {
                /** @description From when on a use counts. Default: the key’s creation. */
                since?: string | unknown | unknown;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2026-01-31T12:00:00.000Z",
                     *       "used": [
                     *         {
                     *           "permission": "messages:send",
                     *           "uses": 12,
                     *           "firstUsedAt": "2026-01-31T12:00:00.000Z",
                     *           "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *           "grantedBy": [
                     *             "messages:*"
                     *           ]
                     *         }
                     *       ],
                     *       "neverUsed": [
                     *         "messages:read"
                     *       ],
                     *       "wildcards": [
                     *         {
                     *           "permission": "messages:*",
                     *           "used": [
                     *             "messages:send"
                     *           ],
                     *           "neverUsed": [
                     *             "messages:read"
                     *           ]
                     *         }
                     *       ],
                     *       "advice": {
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "removable": [
                     *           "messages:*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyUsage"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description What was changed, and how. */
                action?: "customer.created" | "customer.renamed" | "customer.retention-changed" | "customer.suspended" | "customer.resumed" | "customer.secrets-resealed" | "customer.erasure-started" | "customer.erased" | "api-key.created" | "api-key.imported" | "api-key.updated" | "api-key.deactivated" | "api-key.reactivated" | "api-key.rotated" | "api-key.leaked" | "api-key.deleted" | "api-key.restored" | "api-key.purged" | "endpoint.created" | "endpoint.updated" | "endpoint.paused" | "endpoint.activated" | "endpoint.disabled" | "endpoint.secret-rotated" | "endpoint.deleted" | "event.resent" | "replay.created" | "replay.cancelled";
                /** @description A user’s id, or an API key’s. */
                actorId?: string;
                /** @description Who made the change. */
                actorType?: "user" | "api-key" | "operator" | "cli" | "system";
                /** @description The `nextCursor` of an earlier page; left out = from the newest on. */
                cursor?: string;
                /** @description Made at this time or later. */
                from?: string | unknown | unknown;
                /** @description How many at most. */
                limit?: number;
                /** @description Which one. */
                targetId?: string;
                /** @description What was changed. */
                targetType?: "customer" | "api-key" | "endpoint" | "event" | "replay";
                /** @description Made before this time. */
                to?: string | unknown | unknown;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "019bd0c0-0000-7000-8000-000000000000",
                     *           "actor": {
                     *             "type": "api-key",
                     *             "id": "019bd0c0-1000-7000-8000-000000000000"
                     *           },
                     *           "action": "api-key.updated",
                     *           "target": {
                     *             "type": "api-key",
                     *             "id": "019bd0c0-1000-7000-8000-000000000001"
                     *           },
                     *           "before": {
                     *             "name": "Staging"
                     *           },
                     *           "after": {
                     *             "name": "Production"
                     *           },
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "AQGb0MAAAHAAgAAAAAAAAAA"
                     *     }
                     */
                    "application/json": components["schemas"]["AuditLogPage"];
                };
            };
            400: components["responses"]["400.invalid_cursor.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    putCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The platform’s id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userId": "user_123",
                 *       "name": "Acme",
                 *       "retention": {
                 *         "payloadDays": 30,
                 *         "eventDays": 90
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PutCustomer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "customer_123",
                     *       "userId": "user_123",
                     *       "name": "Acme",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "retention": {
                     *         "payloadDays": 30,
                     *         "eventDays": 90
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerWithRetention"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_customer.invalid_request.nested_too_deeply.unlimited"];
            401: components["responses"]["401.credentials_missing.invalid_credentials.operator_access_off.operator_token_invalid"];
            404: components["responses"]["404.not_found.unlimited"];
            409: components["responses"]["409.customer_being_erased.customer_owner_differs.unlimited"];
            413: components["responses"]["413.payload_too_large.unlimited"];
            415: components["responses"]["415.unsupported_media_type.unlimited"];
            500: components["responses"]["500.internal_error.unlimited"];
            503: components["responses"]["503.database_conflict.database_unavailable.unlimited"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The platform’s id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "customer_123",
                     *       "erasingAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasingCustomer"];
                };
            };
            400: components["responses"]["400.invalid_request.unlimited"];
            401: components["responses"]["401.credentials_missing.invalid_credentials.operator_access_off.operator_token_invalid"];
            404: components["responses"]["404.not_found.unlimited"];
            500: components["responses"]["500.internal_error.unlimited"];
            503: components["responses"]["503.database_conflict.database_unavailable.unlimited"];
        };
    };
    resumeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The platform’s id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "customer_123",
                     *       "suspendedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["ResumedCustomer"];
                };
            };
            400: components["responses"]["400.invalid_request.unlimited"];
            401: components["responses"]["401.credentials_missing.invalid_credentials.operator_access_off.operator_token_invalid"];
            404: components["responses"]["404.not_found.unlimited"];
            409: components["responses"]["409.customer_being_erased.unlimited"];
            500: components["responses"]["500.internal_error.unlimited"];
            503: components["responses"]["503.database_conflict.database_unavailable.unlimited"];
        };
    };
    suspendCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The platform’s id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "unpaid invoices"
                 *     }
                 */
                "application/json": components["schemas"]["SuspendCustomer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "customer_123",
                     *       "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *       "reason": "unpaid invoices"
                     *     }
                     */
                    "application/json": components["schemas"]["SuspendedCustomer"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_request.nested_too_deeply.unlimited"];
            401: components["responses"]["401.credentials_missing.invalid_credentials.operator_access_off.operator_token_invalid"];
            404: components["responses"]["404.not_found.unlimited"];
            409: components["responses"]["409.customer_being_erased.unlimited"];
            413: components["responses"]["413.payload_too_large.unlimited"];
            415: components["responses"]["415.unsupported_media_type.unlimited"];
            500: components["responses"]["500.internal_error.unlimited"];
            503: components["responses"]["503.database_conflict.database_unavailable.unlimited"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "name": "message.received",
                     *         "description": "A message was received.",
                     *         "group": "message",
                     *         "operational": false,
                     *         "deprecated": false,
                     *         "replacement": null,
                     *         "schema": {
                     *           "type": "object"
                     *         },
                     *         "example": {
                     *           "messageId": "msg_456",
                     *           "content": "Hello!"
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["EventType"][];
                };
            };
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    getEventType: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "message.received",
                     *       "description": "A message was received.",
                     *       "group": "message",
                     *       "operational": false,
                     *       "deprecated": false,
                     *       "replacement": null,
                     *       "schema": {
                     *         "type": "object"
                     *       },
                     *       "example": {
                     *         "messageId": "msg_456",
                     *         "content": "Hello!"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["EventType"];
                };
            };
            400: components["responses"]["400.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Liveness"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "info": {
                     *         "service": {
                     *           "status": "up"
                     *         },
                     *         "database": {
                     *           "status": "up"
                     *         },
                     *         "queue": {
                     *           "status": "up"
                     *         }
                     *       },
                     *       "error": {},
                     *       "details": {
                     *         "service": {
                     *           "status": "up"
                     *         },
                     *         "database": {
                     *           "status": "up"
                     *         },
                     *         "queue": {
                     *           "status": "up"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description It cannot. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "error",
                     *       "info": {
                     *         "service": {
                     *           "status": "up"
                     *         },
                     *         "database": {
                     *           "status": "up"
                     *         },
                     *         "queue": {
                     *           "status": "up"
                     *         }
                     *       },
                     *       "error": {
                     *         "queue": {
                     *           "status": "down"
                     *         }
                     *       },
                     *       "details": {
                     *         "service": {
                     *           "status": "up"
                     *         },
                     *         "database": {
                     *           "status": "up"
                     *         },
                     *         "queue": {
                     *           "status": "down"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["NotReady"];
                };
            };
        };
    };
    reportLeakedKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which of GitHub’s public keys signed the body. */
                "Github-Public-Key-Identifier"?: string;
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "token": "sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A",
                 *         "type": "webhooks_api_key",
                 *         "url": "https://github.com/acme/app/blob/main/.env",
                 *         "source": "content"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["LeakReport"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "token_hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *         "token_type": "webhooks_api_key",
                     *         "label": "true_positive"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["LeakFeedback"][];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_report.invalid_request.nested_too_deeply.unlimited"];
            401: components["responses"]["401.signature_invalid"];
            404: components["responses"]["404.no_such_route.unlimited"];
            413: components["responses"]["413.payload_too_large.too_many_findings.unlimited"];
            415: components["responses"]["415.unsupported_media_type.unlimited"];
            500: components["responses"]["500.internal_error.unlimited"];
            503: components["responses"]["503.database_conflict.database_unavailable.github_keys_unavailable.raw_body_missing.unlimited"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "user_123",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "customer": {
                     *         "id": "customer_123",
                     *         "userId": "user_123",
                     *         "name": "Acme",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "apiKey": {
                     *         "id": "019bd0c0-1000-7000-8000-000000000000",
                     *         "name": "Production",
                     *         "preview": "sk_…x4Zq",
                     *         "permissions": [
                     *           "messages:send"
                     *         ],
                     *         "labels": {
                     *           "environment": "production"
                     *         },
                     *         "isActive": true,
                     *         "deactivatedReason": null,
                     *         "expiresAt": "2027-01-31T12:00:00.000Z",
                     *         "allowedCidrs": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "rateLimit": {
                     *           "limit": 100,
                     *           "windowSeconds": 60
                     *         },
                     *         "isCanary": false,
                     *         "successorId": null,
                     *         "rotatedAt": null,
                     *         "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *         "lastUsedIp": "203.0.113.9",
                     *         "lastUsedUserAgent": "node",
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials"];
            403: components["responses"]["403.customer_suspended.ip_not_allowed"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable"];
        };
    };
    revokeMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-1000-7000-8000-000000000000",
                     *       "name": "Production",
                     *       "preview": "sk_…x4Zq",
                     *       "permissions": [
                     *         "messages:send"
                     *       ],
                     *       "labels": {
                     *         "environment": "production"
                     *       },
                     *       "isActive": true,
                     *       "deactivatedReason": null,
                     *       "expiresAt": "2027-01-31T12:00:00.000Z",
                     *       "allowedCidrs": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "rateLimit": {
                     *         "limit": 100,
                     *         "windowSeconds": 60
                     *       },
                     *       "isCanary": false,
                     *       "successorId": null,
                     *       "rotatedAt": null,
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedIp": "203.0.113.9",
                     *       "lastUsedUserAgent": "node",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials"];
            403: components["responses"]["403.customer_suspended.ip_not_allowed"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable"];
        };
    };
    listPermissions: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "permission": "api-keys:write",
                     *         "description": "Make and change API keys.",
                     *         "routes": [
                     *           {
                     *             "method": "POST",
                     *             "path": "/api-keys/:id/rotate"
                     *           }
                     *         ],
                     *         "wildcards": [
                     *           "api-keys:*",
                     *           "*"
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Permission"][];
                };
            };
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "019bd0c0-2000-7000-8000-000000000000",
                     *         "url": "https://example.com/webhooks",
                     *         "description": "CRM",
                     *         "events": [
                     *           "message.*"
                     *         ],
                     *         "isActive": true,
                     *         "state": "active",
                     *         "disabledReason": null,
                     *         "retryPolicy": {
                     *           "attempts": 3,
                     *           "schedule": {
                     *             "type": "list",
                     *             "delaysMs": [
                     *               1000,
                     *               2000
                     *             ]
                     *           }
                     *         },
                     *         "timeoutMs": null,
                     *         "ratePerSecond": null,
                     *         "concurrency": null,
                     *         "ordered": false,
                     *         "headers": [
                     *           "Authorization"
                     *         ],
                     *         "filter": null,
                     *         "signatureScheme": "v1",
                     *         "publicKey": null,
                     *         "previousPublicKey": null,
                     *         "previousSecretExpiresAt": null,
                     *         "tls": null,
                     *         "createdAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"][];
                };
            };
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/webhooks",
                 *       "description": "CRM",
                 *       "events": [
                 *         "message.*"
                 *       ],
                 *       "signatureScheme": "v1",
                 *       "tls": null,
                 *       "retryPolicy": {
                 *         "attempts": 3,
                 *         "schedule": {
                 *           "type": "list",
                 *           "delaysMs": [
                 *             1000,
                 *             2000
                 *           ]
                 *         }
                 *       },
                 *       "timeoutMs": 15000,
                 *       "ratePerSecond": 10,
                 *       "concurrency": 5,
                 *       "ordered": false,
                 *       "headers": {
                 *         "X-Tenant": "acme"
                 *       },
                 *       "filter": null
                 *     }
                 */
                "application/json": components["schemas"]["CreateEndpoint"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "description": "CRM",
                     *       "events": [
                     *         "message.*"
                     *       ],
                     *       "isActive": true,
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "retryPolicy": {
                     *         "attempts": 3,
                     *         "schedule": {
                     *           "type": "list",
                     *           "delaysMs": [
                     *             1000,
                     *             2000
                     *           ]
                     *         }
                     *       },
                     *       "timeoutMs": null,
                     *       "ratePerSecond": null,
                     *       "concurrency": null,
                     *       "ordered": false,
                     *       "headers": [
                     *         "Authorization"
                     *       ],
                     *       "filter": null,
                     *       "signatureScheme": "v1",
                     *       "publicKey": null,
                     *       "previousPublicKey": null,
                     *       "previousSecretExpiresAt": null,
                     *       "tls": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["400.certificate_expired.client_key_missing.invalid_body.invalid_certificate.invalid_endpoint_policy.invalid_private_key.invalid_request.key_mismatch.nested_too_deeply.tls_requires_https.url_not_allowed.no-store"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.no-store"];
            409: components["responses"]["409.too_many_endpoints.no-store"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.unknown_event_type.no-store"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error.no-store"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable.no-store"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "description": "CRM",
                     *       "events": [
                     *         "message.*"
                     *       ],
                     *       "isActive": true,
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "retryPolicy": {
                     *         "attempts": 3,
                     *         "schedule": {
                     *           "type": "list",
                     *           "delaysMs": [
                     *             1000,
                     *             2000
                     *           ]
                     *         }
                     *       },
                     *       "timeoutMs": null,
                     *       "ratePerSecond": null,
                     *       "concurrency": null,
                     *       "ordered": false,
                     *       "headers": [
                     *         "Authorization"
                     *       ],
                     *       "filter": null,
                     *       "signatureScheme": "v1",
                     *       "publicKey": null,
                     *       "previousPublicKey": null,
                     *       "previousSecretExpiresAt": null,
                     *       "tls": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: {
                /** @description What becomes of deliveries that still wait: `fail` gives them up, `deliver` still makes them. */
                pending?: "fail" | "deliver";
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/webhooks",
                 *       "description": "CRM",
                 *       "events": [
                 *         "message.*"
                 *       ],
                 *       "isActive": true,
                 *       "tls": null,
                 *       "retryPolicy": {
                 *         "attempts": 3,
                 *         "schedule": {
                 *           "type": "list",
                 *           "delaysMs": [
                 *             1000,
                 *             2000
                 *           ]
                 *         }
                 *       },
                 *       "timeoutMs": 15000,
                 *       "ratePerSecond": 10,
                 *       "concurrency": 5,
                 *       "ordered": false,
                 *       "headers": {
                 *         "X-Tenant": "acme"
                 *       },
                 *       "filter": null
                 *     }
                 */
                "application/json": components["schemas"]["UpdateEndpoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "description": "CRM",
                     *       "events": [
                     *         "message.*"
                     *       ],
                     *       "isActive": true,
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "retryPolicy": {
                     *         "attempts": 3,
                     *         "schedule": {
                     *           "type": "list",
                     *           "delaysMs": [
                     *             1000,
                     *             2000
                     *           ]
                     *         }
                     *       },
                     *       "timeoutMs": null,
                     *       "ratePerSecond": null,
                     *       "concurrency": null,
                     *       "ordered": false,
                     *       "headers": [
                     *         "Authorization"
                     *       ],
                     *       "filter": null,
                     *       "signatureScheme": "v1",
                     *       "publicKey": null,
                     *       "previousPublicKey": null,
                     *       "previousSecretExpiresAt": null,
                     *       "tls": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["400.certificate_expired.client_key_missing.invalid_body.invalid_certificate.invalid_endpoint_policy.invalid_id.invalid_private_key.invalid_request.key_mismatch.nested_too_deeply.tls_requires_https.url_not_allowed"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.unknown_event_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    recoverWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-01-01T00:00:00Z",
                 *       "until": "2100-01-01T00:00:00Z",
                 *       "statuses": [
                 *         "FAILED"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Recover"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-4000-7000-8000-000000000000",
                     *       "status": "RUNNING",
                     *       "endpointId": null,
                     *       "event": null,
                     *       "statuses": [
                     *         "FAILED"
                     *       ],
                     *       "from": "2026-01-30T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "matched": 120,
                     *       "resent": 60,
                     *       "progress": 0.5,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_id.invalid_range.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.too_many_replays"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 86400
                 *     }
                 */
                "application/json": components["schemas"]["RotateSecret"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "description": "CRM",
                     *       "events": [
                     *         "message.*"
                     *       ],
                     *       "isActive": true,
                     *       "state": "active",
                     *       "disabledReason": null,
                     *       "retryPolicy": {
                     *         "attempts": 3,
                     *         "schedule": {
                     *           "type": "list",
                     *           "delaysMs": [
                     *             1000,
                     *             2000
                     *           ]
                     *         }
                     *       },
                     *       "timeoutMs": null,
                     *       "ratePerSecond": null,
                     *       "concurrency": null,
                     *       "ordered": false,
                     *       "headers": [
                     *         "Authorization"
                     *       ],
                     *       "filter": null,
                     *       "signatureScheme": "v1",
                     *       "publicKey": null,
                     *       "previousPublicKey": null,
                     *       "previousSecretExpiresAt": null,
                     *       "tls": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_id.invalid_request.nested_too_deeply.no-store"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing.no-store"];
            404: components["responses"]["404.not_found.no-store"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error.no-store"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable.no-store"];
        };
    };
    getWebhookEndpointStats: {
        parameters: {
            query?: {
                /** @description The start of the range. Default: 24 hours before `to`. */
                from?: string | unknown | unknown;
                /** @description Its end, excluded. Default: now. */
                to?: string | unknown | unknown;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *       "from": "2026-01-30T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "attempts": {
                     *         "total": 120,
                     *         "succeeded": 118,
                     *         "failed": 2,
                     *         "successRate": 0.983
                     *       },
                     *       "latencyMs": {
                     *         "p50": 42,
                     *         "p95": 120,
                     *         "p99": 350
                     *       },
                     *       "deliveries": {
                     *         "PENDING": 0,
                     *         "SENT": 118,
                     *         "FAILED": 1
                     *       },
                     *       "backlog": {
                     *         "pending": 0,
                     *         "held": 0,
                     *         "oldestPendingAt": null,
                     *         "oldestPendingAgeMs": null
                     *       },
                     *       "hours": [
                     *         {
                     *           "hour": "2026-01-31T11:00:00.000Z",
                     *           "attempts": 120,
                     *           "succeeded": 118,
                     *           "failed": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointStats"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_range.invalid_request.range_too_long"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "event": "message.received"
                 *     }
                 */
                "application/json": components["schemas"]["TestSend"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "019bd0c0-3000-7000-8000-000000000001",
                     *       "event": "message.received",
                     *       "statusCode": 200,
                     *       "error": null,
                     *       "errorCode": null,
                     *       "durationMs": 42,
                     *       "responseBody": "OK"
                     *     }
                     */
                    "application/json": components["schemas"]["TestSendResult"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_id.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.event_type_without_example.unknown_event_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    listWebhookEvents: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of an earlier page; left out = from the newest on. */
                cursor?: string;
                /** @description Only to this endpoint. */
                endpointId?: string;
                /** @description The event type. */
                event?: string;
                /** @description Created at this time or later. */
                from?: string | unknown | unknown;
                /** @description How many at most. */
                limit?: number;
                /** @description Only of this event, as it was accepted. */
                messageId?: string;
                /** @description How they stand. */
                status?: "PENDING" | "SENT" | "FAILED";
                /** @description Created before this time. */
                to?: string | unknown | unknown;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "019bd0c0-3000-7000-8000-000000000001",
                     *           "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *           "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *           "url": "https://example.com/webhooks",
                     *           "event": "message.received",
                     *           "status": "SENT",
                     *           "attempts": 1,
                     *           "lastError": null,
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "processedAt": "2026-01-31T12:00:00.000Z",
                     *           "nextAttemptAt": null,
                     *           "heldReason": null
                     *         }
                     *       ],
                     *       "nextCursor": "AQGb0MAAAHAAgAAAAAAAAAA"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEventPage"];
                };
            };
            400: components["responses"]["400.invalid_cursor.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            422: components["responses"]["422.unknown_event_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    publishEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Publishing again with the same key and event within 24 hours answers the same and sends nothing twice. */
                "Idempotency-Key"?: string;
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "message.received",
                 *       "data": {
                 *         "conversationId": "conv_123",
                 *         "messageId": "msg_456",
                 *         "content": "Hello!"
                 *       },
                 *       "orderingKey": "conv_123"
                 *     }
                 */
                "application/json": components["schemas"]["PublishEvent"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *       "eventIds": [
                     *         "019bd0c0-3000-7000-8000-000000000001"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_emit_option.invalid_event_data.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            409: components["responses"]["409.idempotency_key_reused"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.event_data_invalid.event_type_operational.unknown_event_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    getWebhookEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-3000-7000-8000-000000000001",
                     *       "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *       "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "event": "message.received",
                     *       "status": "SENT",
                     *       "attempts": 1,
                     *       "lastError": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "processedAt": "2026-01-31T12:00:00.000Z",
                     *       "nextAttemptAt": null,
                     *       "heldReason": null,
                     *       "payload": {
                     *         "event": "message.received",
                     *         "timestamp": "2026-01-31T12:00:00.000Z",
                     *         "data": {
                     *           "content": "Hello!"
                     *         }
                     *       },
                     *       "payloadErasedAt": null,
                     *       "attemptLog": [
                     *         {
                     *           "attempt": 1,
                     *           "startedAt": "2026-01-31T12:00:00.000Z",
                     *           "durationMs": 42,
                     *           "statusCode": 200,
                     *           "error": null,
                     *           "errorCode": null,
                     *           "responseBody": "OK",
                     *           "responseHeaders": {
                     *             "content-type": "text/plain"
                     *           },
                     *           "worker": "worker-1",
                     *           "url": "https://example.com/webhooks"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEventDetail"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    resendWebhookEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-3000-7000-8000-000000000001",
                     *       "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *       "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "event": "message.received",
                     *       "status": "SENT",
                     *       "attempts": 1,
                     *       "lastError": null,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "processedAt": "2026-01-31T12:00:00.000Z",
                     *       "nextAttemptAt": null,
                     *       "heldReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEvent"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.delivery_pending.endpoint_deleted.payload_erased"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    getWebhookEventTimeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *       "event": "message.received",
                     *       "acceptedAt": "2026-01-31T12:00:00.000Z",
                     *       "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *       "url": "https://example.com/webhooks",
                     *       "endpointState": "active",
                     *       "eventId": "019bd0c0-3000-7000-8000-000000000001",
                     *       "state": "delivered",
                     *       "summary": "Delivered at the first attempt.",
                     *       "nextAttemptAt": null,
                     *       "entries": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "what": "attempt",
                     *           "detail": "attempt 1: HTTP 200",
                     *           "attempt": 1,
                     *           "statusCode": 200,
                     *           "error": null,
                     *           "errorCode": null,
                     *           "durationMs": 42
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventTimeline"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    publishEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "idempotencyKey": "order-42-paid",
                 *           "event": "message.received",
                 *           "data": {
                 *             "conversationId": "conv_123",
                 *             "messageId": "msg_456",
                 *             "content": "Hello!"
                 *           },
                 *           "orderingKey": "conv_123"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PublishBatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "status": 202,
                     *           "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *           "eventIds": [
                     *             "019bd0c0-3000-7000-8000-000000000001"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchResults"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    getWebhookMessageTimeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "019bd0c0-3000-7000-8000-000000000000",
                     *       "event": "message.received",
                     *       "acceptedAt": "2026-01-31T12:00:00.000Z",
                     *       "summary": "Delivered to 1 of 1 endpoints.",
                     *       "endpoints": [
                     *         {
                     *           "endpointId": "019bd0c0-2000-7000-8000-000000000000",
                     *           "url": "https://example.com/webhooks",
                     *           "endpointState": "active",
                     *           "eventId": "019bd0c0-3000-7000-8000-000000000001",
                     *           "state": "delivered",
                     *           "summary": "Delivered at the first attempt.",
                     *           "nextAttemptAt": null,
                     *           "entries": [
                     *             {
                     *               "at": "2026-01-31T12:00:00.000Z",
                     *               "what": "attempt",
                     *               "detail": "attempt 1: HTTP 200",
                     *               "attempt": 1,
                     *               "statusCode": 200,
                     *               "error": null,
                     *               "errorCode": null,
                     *               "durationMs": 42
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MessageTimeline"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    listWebhookReplays: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of an earlier page; left out = from the newest on. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "019bd0c0-4000-7000-8000-000000000000",
                     *           "status": "RUNNING",
                     *           "endpointId": null,
                     *           "event": null,
                     *           "statuses": [
                     *             "FAILED"
                     *           ],
                     *           "from": "2026-01-30T12:00:00.000Z",
                     *           "to": "2026-01-31T12:00:00.000Z",
                     *           "matched": 120,
                     *           "resent": 60,
                     *           "progress": 0.5,
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "finishedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": "AQGb0MAAAHAAgAAAAAAAAAA"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplayPage"];
                };
            };
            400: components["responses"]["400.invalid_cursor.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    createWebhookReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "message.received",
                 *       "statuses": [
                 *         "FAILED"
                 *       ],
                 *       "from": "2026-01-01T00:00:00Z",
                 *       "to": "2100-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["CreateReplay"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-4000-7000-8000-000000000000",
                     *       "status": "RUNNING",
                     *       "endpointId": null,
                     *       "event": null,
                     *       "statuses": [
                     *         "FAILED"
                     *       ],
                     *       "from": "2026-01-30T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "matched": 120,
                     *       "resent": 60,
                     *       "progress": 0.5,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["400.invalid_body.invalid_range.invalid_request.nested_too_deeply"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.too_many_replays"];
            413: components["responses"]["413.payload_too_large"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.unknown_event_type"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    getWebhookReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-4000-7000-8000-000000000000",
                     *       "status": "RUNNING",
                     *       "endpointId": null,
                     *       "event": null,
                     *       "statuses": [
                     *         "FAILED"
                     *       ],
                     *       "from": "2026-01-30T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "matched": 120,
                     *       "resent": 60,
                     *       "progress": 0.5,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_unavailable.token_keys_unavailable"];
        };
    };
    cancelWebhookReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019bd0c0-4000-7000-8000-000000000000",
                     *       "status": "RUNNING",
                     *       "endpointId": null,
                     *       "event": null,
                     *       "statuses": [
                     *         "FAILED"
                     *       ],
                     *       "from": "2026-01-30T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "matched": 120,
                     *       "resent": 60,
                     *       "progress": 0.5,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["400.invalid_id.invalid_request"];
            401: components["responses"]["401.api_key_expired.api_key_inactive.api_key_unknown.credentials_missing.invalid_credentials.token_invalid"];
            403: components["responses"]["403.customer_not_accessible.customer_suspended.ip_not_allowed.permission_missing"];
            404: components["responses"]["404.not_found"];
            409: components["responses"]["409.replay_done"];
            429: components["responses"]["429.rate_limited.too_many_unknown_keys"];
            500: components["responses"]["500.internal_error"];
            503: components["responses"]["503.database_conflict.database_unavailable.token_keys_unavailable"];
        };
    };
    "api_key.created": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "api_key.created",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "apiKeyId": "019bd0c0-0000-7000-8000-000000000000",
                 *         "name": "Production",
                 *         "preview": "sk_…x4Zq"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The key’s id. */
                        apiKeyId?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description `sk_…` and its last four characters. */
                        preview?: string | null;
                    };
                    /** @constant */
                    event: "api_key.created";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "api_key.leaked": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "api_key.leaked",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "apiKeyId": "019bd0c0-0000-7000-8000-000000000000",
                 *         "name": "Production",
                 *         "preview": "sk_…x4Zq",
                 *         "source": "github",
                 *         "url": "https://github.com/acme/app/blob/main/.env"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The key’s id. */
                        apiKeyId?: string;
                        /** @description From where a decoy was used. */
                        ip?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description `sk_…` and its last four characters. */
                        preview?: string | null;
                        /** @description Who noticed: `github`, or `canary` when a decoy was used. */
                        source?: string;
                        /** @description Where it was found. */
                        url?: string;
                        /** @description By what program a decoy was used. */
                        userAgent?: string;
                    };
                    /** @constant */
                    event: "api_key.leaked";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "api_key.revoked": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "api_key.revoked",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "apiKeyId": "019bd0c0-0000-7000-8000-000000000000",
                 *         "name": "Production",
                 *         "preview": "sk_…x4Zq",
                 *         "reason": "deactivated"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The key’s id. */
                        apiKeyId?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description `sk_…` and its last four characters. */
                        preview?: string | null;
                        /** @description `deactivated`, `deleted`, `leaked` or `self-revoked`. */
                        reason?: string;
                    };
                    /** @constant */
                    event: "api_key.revoked";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "api_key.rotated": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "api_key.rotated",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "apiKeyId": "019bd0c0-0000-7000-8000-000000000000",
                 *         "name": "Production",
                 *         "preview": "sk_…x4Zq",
                 *         "successorId": "019bd0c0-0000-7000-8000-000000000001",
                 *         "graceEndsAt": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The key’s id. */
                        apiKeyId?: string;
                        /** @description When the old key ends, in ISO 8601. */
                        graceEndsAt?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description `sk_…` and its last four characters. */
                        preview?: string | null;
                        /** @description The key that takes its place. */
                        successorId?: string;
                    };
                    /** @constant */
                    event: "api_key.rotated";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "chatbot.created": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "chatbot.created",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "chatbotId": "bot_789",
                 *         "name": "Support",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The chatbot. */
                        chatbotId?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "chatbot.created";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "chatbot.updated": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "chatbot.updated",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "chatbotId": "bot_789",
                 *         "name": "Support",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The chatbot. */
                        chatbotId?: string;
                        /** @description Its name. */
                        name?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "chatbot.updated";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "conversation.closed": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "conversation.closed",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "conversationId": "conv_123",
                 *         "chatbotId": "bot_789",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The chatbot that leads it. */
                        chatbotId?: string;
                        /** @description The conversation. */
                        conversationId?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "conversation.closed";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "conversation.created": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "conversation.created",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "conversationId": "conv_123",
                 *         "chatbotId": "bot_789",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description The chatbot that leads it. */
                        chatbotId?: string;
                        /** @description The conversation. */
                        conversationId?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "conversation.created";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "endpoint.disabled": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "endpoint.disabled",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "endpointId": "019bd0c0-0000-7000-8000-000000000000",
                 *         "url": "https://example.com/hook",
                 *         "reason": "gone",
                 *         "disabledAt": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description When, in ISO 8601. */
                        disabledAt?: string;
                        /** @description The endpoint. */
                        endpointId?: string;
                        /** @description `gone`: it answered HTTP 410. `failing`: every attempt failed for a long time. */
                        reason?: string;
                        /** @description Its URL. */
                        url?: string;
                    };
                    /** @constant */
                    event: "endpoint.disabled";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "message.received": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "message.received",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "conversationId": "conv_123",
                 *         "messageId": "msg_456",
                 *         "content": "Hello!",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description Its text. */
                        content?: string;
                        /** @description The conversation it belongs to. */
                        conversationId?: string;
                        /** @description The message. */
                        messageId?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "message.received";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "message.sent": {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`. */
                traceparent?: components["parameters"]["traceparent"];
                /** @description Always the same. */
                "User-Agent": components["parameters"]["User-Agent"];
                /** @description The delivery, the same on every attempt: deduplicate by it. */
                "webhook-id": components["parameters"]["webhook-id"];
                /** @description One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough. */
                "webhook-signature": components["parameters"]["webhook-signature"];
                /** @description When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description The number of the attempt: 1, 2, 3, … */
                "X-Webhook-Attempt": components["parameters"]["X-Webhook-Attempt"];
                /** @description The event type. */
                "X-Webhook-Event": components["parameters"]["X-Webhook-Event"];
                /** @description The same as `webhook-id`. */
                "X-Webhook-ID": components["parameters"]["X-Webhook-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "message.sent",
                 *       "timestamp": "2026-01-31T12:00:00.000Z",
                 *       "data": {
                 *         "conversationId": "conv_123",
                 *         "messageId": "msg_456",
                 *         "content": "Hello!",
                 *         "timestamp": "2026-01-31T12:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /** @description Its text. */
                        content?: string;
                        /** @description The conversation it belongs to. */
                        conversationId?: string;
                        /** @description The message. */
                        messageId?: string;
                        /** @description When, in ISO 8601. */
                        timestamp?: string;
                    };
                    /** @constant */
                    event: "message.sent";
                    /**
                     * Format: date-time
                     * @description When it was accepted.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    timestamp: string;
                };
            };
        };
        responses: {
            /** @description The event was received. Anything else is tried again, as the endpoint’s retry policy says. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint is gone: it is disabled, and nothing more is sent to it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many: tried again, after `Retry-After` at the earliest. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not now: tried again, after `Retry-After` at the earliest. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
