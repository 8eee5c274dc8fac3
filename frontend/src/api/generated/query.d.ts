// Made by npm run generate:api; never edited.
export interface paths {
    "/api/v1/audit/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What auditors read, newest first
         * @description Every read by an auditor, and every read of this list, is written down before it is answered. Nobody can change or remove an entry.
         */
        get: operations["listAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was signed about the log, the last first */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/checkpoints/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was signed about the log last */
        get: operations["getLatestCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That the log of a later checkpoint begins with all of an earlier one's */
        get: operations["getConsistencyProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every event, newest first */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole filter as a file, oldest event first
         * @description Up to where the trail was when it was asked for. A failure on the way cuts the connection, so a file that was received whole is whole.
         */
        get: operations["exportAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events/{position}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That an event is in the sealed log: the event, its path in the hash tree, the checkpoint */
        get: operations["getInclusionProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Categories, by name */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a filter, with the totals of the whole filter */
        get: operations["listExpenses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between two moments, the last changed first
         * @description Of the expenses that lay in the period at either moment.
         */
        get: operations["listExpenseChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole filter as a file that the import reads */
        get: operations["exportExpenses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every event that touched a period, with what it summed up to afterwards
         * @description Of the expenses that lay in the period before or after the event.
         */
        get: operations["listExpenseSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One expense */
        get: operations["getExpense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expenses/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an expense, oldest first; after its deletion too */
        get: operations["getExpenseHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files that were imported, newest first, and what each brought */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether anything can be recorded, or the log waits for a declaration */
        get: operations["getLogState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an administrator decides on who declares a recovery */
        get: operations["getRestoredLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The places in use, the most recent first */
        get: operations["listPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far every read model has come */
        get: operations["listProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projections/{name}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that a read model could not take, oldest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rebuilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rebuilds of read models, newest first */
        get: operations["listRebuilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rebuilds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rebuild and how far it is */
        get: operations["getRebuild"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent by category */
        get: operations["getCategoryReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/monthly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent month by month */
        get: operations["getMonthlyReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/spending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent, by any grouping */
        get: operations["getSpendingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sealed-log/pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that happened to an expense, or to an owner's expenses of a period, with proofs
         * @description A ZIP of events as stored, their places in the hash tree, one signed checkpoint, the log's keys and a README. `audit-verify pack` checks it without asking anybody. All of it is as the log was when that checkpoint was signed; an event that is not sealed yet is waited for.
         */
        get: operations["getProofPack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags in use, by name */
        get: operations["listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Access: {
            /** Format: uuid */
            accountId: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            client: "web" | "api";
            /** Format: int64 */
            entry: number;
            filter: {
                [key: string]: string[];
            };
            path: string;
            roles: string[];
            /** @example /api/v1/expenses/{id}/history */
            route: string;
            traceId: string;
        };
        Accesses: {
            items: components["schemas"]["Access"][];
            nextCursor?: string;
        };
        AsOf: {
            /**
             * Format: date-time
             * @description As asked for
             */
            instant: string;
            /**
             * Format: int64
             * @description Of the last event that was recorded by then; 0 before the first
             */
            position: number;
            /**
             * Format: date-time
             * @description When that event was recorded; absent before the first
             */
            recordedAt?: string;
        };
        AuditActor: {
            id: string;
            roles: string[];
        };
        AuditEvent: {
            actor: components["schemas"]["AuditActor"];
            /** Format: uuid */
            aggregateId: string;
            /** @example MealExpense */
            aggregateType: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            client?: "web" | "api" | "import";
            /**
             * @description Present if the trail's own row says something else than the log (`differs`), or if it has no row (`missing`), which must not be unless the trail is incomplete. What is shown is the log's; an event that a filter looks for in the trail may not be found
             * @enum {string}
             */
            deviation?: "differs" | "missing";
            /**
             * @description As the browser says, which proves nothing; absent where it could not be told
             * @enum {string}
             */
            device?: "phone" | "tablet" | "computer";
            /** @example MealExpenseAmended */
            event: string;
            /** Format: uuid */
            eventId: string;
            metadata: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            ownerId?: string;
            /** @description As the present revision reads it */
            payload: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            position: number;
            reason?: string;
            requestId?: string;
            /** @example 1 */
            revision: string;
            /** Format: int64 */
            sequence: number;
            /** @description As the log keeps it; absent if the log has nothing there any more, which must not be */
            stored?: components["schemas"]["StoredEvent"];
        };
        AuditEvents: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["AuditEvent"][];
            nextCursor?: string;
            /**
             * Format: int64
             * @description Last position that is sealed: events up to it can be proved, 0 for none
             */
            sealedUpTo: number;
        };
        Categories: {
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["Category"][];
        };
        Category: {
            archived: boolean;
            /** @example #C2410C */
            colour: string;
            /**
             * @description Name of a Tabler icon
             * @example tools-kitchen-2
             */
            icon: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            ownerId: string;
            /** Format: int64 */
            version: number;
        };
        CategorySpend: {
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            categories: components["schemas"]["CategorySpendRow"][];
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
        };
        CategorySpendRow: {
            /** Format: uuid */
            categoryId: string | null;
            colour: string | null;
            icon: string | null;
            name: string | null;
            totals: components["schemas"]["Total"][];
        };
        Checkpoint: {
            /** @description Signed (c2sp.org/tlog-checkpoint), word for word as published */
            note: string;
            /** @description Root of the hash tree over them (RFC 9162), base64 */
            root: string;
            /**
             * Format: date-time
             * @description By the database's clock; it is no part of what is signed
             */
            sealedAt: string;
            /**
             * Format: int64
             * @description Events sealed: positions 1 up to this
             */
            size: number;
        };
        Checkpoints: {
            items: components["schemas"]["Checkpoint"][];
            nextCursor?: string;
        };
        DeadLetter: {
            /** Format: date-time */
            discardedAt?: string;
            error: string;
            /** @example MealExpenseAmended */
            event: string;
            /** Format: date-time */
            parkedAt: string;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            recordedAt: string;
            /** Format: int32 */
            retries: number;
            /** Format: int64 */
            sequence: number;
            /** Format: uuid */
            subjectId: string;
            /** @example MealExpense */
            subjectType: string;
        };
        DeadLetterAct: {
            /** @enum {string} */
            act: "retry" | "discard";
            /** Format: date-time */
            at: string;
            by: string;
            /** @enum {string} */
            outcome: "taken" | "failed-again" | "discarded" | "nothing";
            /** Format: int64 */
            position: number;
            /** Format: uuid */
            subjectId: string;
        };
        DeadLetterList: {
            acts: components["schemas"]["DeadLetterAct"][];
            items: components["schemas"]["DeadLetter"][];
            more?: boolean;
        };
        Expense: {
            /** Format: date-time */
            amendedAt?: string;
            /**
             * @description Gross, with the currency's digits; negative is money back
             * @example 12.50
             */
            amount: string;
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            attendees: string[];
            /** Format: uuid */
            categoryId?: string;
            /** @example EUR */
            currency: string;
            /**
             * Format: date-time
             * @description Only in the bin
             */
            deletedAt?: string;
            /** Format: uuid */
            id: string;
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            mealType: components["schemas"]["MealType"];
            notes?: string;
            orderType?: components["schemas"]["OrderType"];
            /** Format: uuid */
            ownerId: string;
            /** Format: int32 */
            partySize?: number;
            place?: string;
            purpose?: string;
            receipts: unknown[];
            /** Format: date-time */
            recordedAt: string;
            /** Format: uuid */
            restaurantId?: string;
            /**
             * @description Wall-clock time in `zone`
             * @example 12:30
             */
            spentAt?: string;
            /**
             * Format: date
             * @description Calendar day as entered
             */
            spentOn: string;
            tags: string[];
            /** @example 0.82 */
            tax?: string;
            /** @example 1.00 */
            tip?: string;
            /** Format: int64 */
            version: number;
            /**
             * @description IANA time zone
             * @example Europe/Berlin
             */
            zone?: string;
        };
        ExpenseChange: {
            /** @description Account, or `system` */
            actorId: string;
            after: components["schemas"]["Expense"] | null;
            /** Format: date-time */
            at: string;
            before: components["schemas"]["Expense"] | null;
            /** Format: uuid */
            id: string;
            /**
             * @description `added`: recorded, restored or moved into the period; `removed`: deleted or moved out
             * @enum {string}
             */
            kind: "added" | "changed" | "removed";
            /** Format: int64 */
            position: number;
            reason?: string;
        };
        ExpenseChanges: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["ExpenseChange"][];
            /** @description Continues the list; absent on its last page */
            nextCursor?: string;
            since: components["schemas"]["AsOf"];
            /** @description Of the whole period, by currency */
            totals: components["schemas"]["PeriodTotal"][];
            until: components["schemas"]["AsOf"];
        };
        ExpenseHistory: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["HistoryEntry"][];
        };
        ExpenseList: {
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["Expense"][];
            /** @description Continues the list; absent on its last page */
            nextCursor?: string;
            /** @description Of the whole filter, by currency */
            totals: components["schemas"]["Total"][];
        };
        ExpenseStep: {
            /** @description Account, or `system` */
            actorId: string;
            after: components["schemas"]["Expense"] | null;
            /** Format: date-time */
            at: string;
            before: components["schemas"]["Expense"] | null;
            /** @example MealExpenseAmended */
            event: string;
            /** Format: uuid */
            expenseId: string;
            /** Format: int64 */
            position: number;
            reason?: string;
            /** @description Of the period after the event, by currency */
            totals: components["schemas"]["Total"][];
        };
        ExpenseSteps: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["ExpenseStep"][];
            /** @description Continues the list; absent on its last page */
            nextCursor?: string;
            /**
             * Format: int64
             * @description Of all pages
             */
            total: number;
        };
        FieldChange: {
            /** @enum {string} */
            field: "spentOn" | "spentAt" | "zone" | "amount" | "currency" | "tax" | "tip" | "mealType" | "orderType" | "partySize" | "categoryId" | "restaurantId" | "place" | "tags" | "purpose" | "attendees" | "notes";
            from?: string | number | string[];
            to?: string | number | string[];
        };
        FieldError: {
            field: string;
            message: string;
        };
        HistoryActor: {
            id: string;
        };
        HistoryEntry: {
            actor: components["schemas"]["HistoryActor"];
            /** Format: date-time */
            at: string;
            changes: components["schemas"]["FieldChange"][];
            /** @enum {string} */
            client?: "web" | "api" | "import";
            /**
             * @description As the browser says, which proves nothing; absent where it could not be told
             * @enum {string}
             */
            device?: "phone" | "tablet" | "computer";
            /** @enum {string} */
            event: "MealExpenseRecorded" | "MealExpenseAmended" | "MealExpenseDeleted" | "MealExpenseRestored";
            /** Format: int64 */
            position: number;
            reason?: string;
            revision: string;
            /** Format: int64 */
            version: number;
        };
        Import: {
            /** Format: date-time */
            at: string;
            /** Format: int32 */
            deleted?: number;
            fileName?: string;
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            kept?: number;
            /** Format: uuid */
            ownerId: string;
            /** Format: int64 */
            recorded: number;
            /** Format: int32 */
            refused: number;
            /** Format: int32 */
            same: number;
            /** @enum {string} */
            state: "applied" | "unfinished" | "undone";
            totals: components["schemas"]["Total"][];
            /** Format: date-time */
            undoneAt?: string;
            /** Format: int64 */
            version?: number;
        };
        Imports: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["Import"][];
            nextCursor?: string;
        };
        LogState: {
            closed: boolean;
        };
        /** @enum {string} */
        MealType: "breakfast" | "brunch" | "lunch" | "dinner" | "snacks" | "drinks" | "dessert" | "late-night" | "groceries" | "other";
        MonthlyReport: {
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            months: components["schemas"]["MonthlyReportMonth"][];
        };
        MonthlyReportMonth: {
            /** @example 2026-03 */
            month: string;
            totals: components["schemas"]["Total"][];
        };
        /** @enum {string} */
        OrderType: "dine-in" | "takeout" | "delivery" | "drive-thru" | "catering" | "other";
        PeriodAmount: {
            /** @example 12.50 */
            amount: string;
            /** Format: int64 */
            count: number;
        };
        PeriodTotal: {
            after: components["schemas"]["PeriodAmount"];
            before: components["schemas"]["PeriodAmount"];
            /** @example EUR */
            currency: string;
        };
        Place: {
            /** Format: uuid */
            categoryId?: string;
            /** Format: int64 */
            count: number;
            currency: string;
            /** Format: date */
            lastSpentOn: string;
            mealType: components["schemas"]["MealType"];
            place: string;
        };
        Places: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["Place"][];
        };
        Problem: {
            detail: string;
            errors?: components["schemas"]["FieldError"][];
            /** Format: int32 */
            status: number;
            title: string;
            traceId: string;
            /** Format: uri */
            type: string;
        };
        ProjectionRebuildReference: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "requested" | "copying" | "indexing" | "catching-up" | "comparing" | "differs" | "swapping";
        };
        /** @enum {string} */
        ProjectionState: "running" | "catching-up" | "failed" | "stopped";
        ProjectionStatus: {
            /** Format: int64 */
            deadLetters: number;
            /** Format: int64 */
            discardedLetters: number;
            error?: string;
            /** Format: int64 */
            generation: number;
            /** Format: int64 */
            head: number;
            /** @example 4711@query-service-1 */
            instance?: string;
            /** Format: int64 */
            lagEvents: number;
            /** Format: double */
            lagSeconds: number;
            /** @example monthly-report */
            name: string;
            /** Format: int64 */
            position: number;
            rebuild?: components["schemas"]["ProjectionRebuildReference"];
            rebuildable: boolean;
            state: components["schemas"]["ProjectionState"];
        };
        Projections: {
            items: components["schemas"]["ProjectionStatus"][];
        };
        PublishedCheckpoint: {
            /** Format: date-time */
            at?: string;
            /** Format: int64 */
            size: number;
        };
        Rebuild: {
            comparisons: components["schemas"]["RebuildComparison"][];
            decisions: components["schemas"]["RebuildDecision"][];
            error?: string;
            /** Format: int64 */
            eventsDone: number;
            /** Format: double */
            eventsPerSecond?: number;
            /** Format: int64 */
            eventsTotal: number;
            /** Format: date-time */
            finishedAt?: string;
            /** Format: int64 */
            generation?: number;
            /** Format: uuid */
            id: string;
            initial: boolean;
            projections: string[];
            reason: string;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: string;
            /** Format: int64 */
            secondsLeft?: number;
            /** Format: date-time */
            startedAt?: string;
            state: components["schemas"]["RebuildState"];
        };
        RebuildComparison: {
            /** @example 9f2c4e7a1b3d5f60 */
            checksum: string;
            equal: boolean;
            /** Format: int64 */
            position: number;
            projection: string;
            /** Format: int64 */
            rows: number;
            tables: components["schemas"]["RebuildTableDifference"][];
        };
        RebuildDecision: {
            /** @enum {string} */
            act: "swap" | "cancel";
            /** Format: date-time */
            at: string;
            by: string;
            /** @enum {string} */
            outcome: "obeyed" | "too-early" | "no-such-comparison" | "too-late";
        };
        RebuildDifferenceExample: {
            /** @description That differ, where both have the row */
            columns: string[];
            /** @description What tells the row from others */
            key: {
                [key: string]: string;
            };
            /** @enum {string} */
            side: "live" | "rebuilt" | "both";
        };
        /** @enum {string} */
        RebuildState: "requested" | "copying" | "indexing" | "catching-up" | "comparing" | "differs" | "swapping" | "swapped" | "cancelled" | "failed";
        RebuildTableDifference: {
            /** Format: int64 */
            different: number;
            examples: components["schemas"]["RebuildDifferenceExample"][];
            /** Format: int64 */
            onlyLive: number;
            /** Format: int64 */
            onlyRebuilt: number;
            table: string;
        };
        Rebuilds: {
            items: components["schemas"]["Rebuild"][];
            nextCursor?: string;
        };
        RestoredLog: {
            /** Format: date-time */
            at?: string;
            closed: boolean;
            contradiction?: string;
            /** Format: int64 */
            declaredAt?: number;
            /** Format: int64 */
            lost: number;
            /** Format: int64 */
            position: number;
            published?: components["schemas"]["PublishedCheckpoint"];
            /** @enum {string} */
            why?: "other-cluster" | "other-timeline" | "published" | "unknown";
        };
        Spending: {
            /** @description The moment of the past that the answer is about; absent for the present */
            asOf?: components["schemas"]["AsOf"];
            /**
             * @example [
             *       "month",
             *       "category"
             *     ]
             */
            groupBy: string[];
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            rows: components["schemas"]["SpendingRow"][];
        };
        SpendingKey: {
            /** Format: uuid */
            category?: string | null;
            /** Format: date */
            day?: string;
            mealType?: components["schemas"]["MealType"];
            month?: string;
            /** @enum {string} */
            weekday?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        SpendingRow: {
            key: components["schemas"]["SpendingKey"];
            totals: components["schemas"]["Total"][];
        };
        StoredEvent: {
            commandId?: string;
            /** @description The stored JSON as text: its UTF-8 bytes are the bytes of the log */
            metadata: string;
            name: string;
            /** @description The stored JSON as text: its UTF-8 bytes are the bytes of the log */
            payload: string;
            revision: string;
        };
        Tag: {
            /** Format: int64 */
            count: number;
            name: string;
        };
        Tags: {
            /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
            incomplete?: boolean;
            items: components["schemas"]["Tag"][];
        };
        Total: {
            /** @example 12.50 */
            amount: string;
            /** Format: int64 */
            count: number;
            /** @example EUR */
            currency: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccesses: {
        parameters: {
            query?: {
                /** @description Who read */
                accountId?: string;
                /**
                 * @description Which operation
                 * @example /api/v1/expenses/{id}/history
                 */
                route?: string;
                /** @description First moment, inclusive */
                from?: string;
                /** @description Last moment, inclusive */
                to?: string;
                /** @description `X-Request-Id` of the answer */
                traceId?: string;
                /** @description `nextCursor` of the page before, with the same filter */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accesses"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoints"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLatestCheckpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is sealed yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsistencyProof: {
        parameters: {
            query: {
                /** @description Size of the earlier checkpoint */
                from: number;
                /** @description Size of the later checkpoint */
                to: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hashes (RFC 9162 section 2.1.4) and both checkpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no checkpoint of one of the sizes */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Who did it: an account's id, or `system` */
                actorId?: string;
                /** @description What it was about, any of these: an expense, category, account or import */
                subjectId?: string[];
                /** @description Whose it was */
                ownerId?: string;
                /**
                 * @description Any of these events
                 * @example MealExpenseAmended
                 */
                type?: string[];
                /** @description First moment, inclusive */
                from?: string;
                /** @description Last moment, inclusive */
                to?: string;
                /** @description The request that caused it */
                requestId?: string;
                /** @description The conversation it belongs to */
                correlationId?: string;
                /** @description `nextCursor` of the page before, with the same filter */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvents"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAuditEvents: {
        parameters: {
            query?: {
                /** @description Who did it: an account's id, or `system` */
                actorId?: string;
                /** @description What it was about, any of these: an expense, category, account or import */
                subjectId?: string[];
                /** @description Whose it was */
                ownerId?: string;
                /**
                 * @description Any of these events
                 * @example MealExpenseAmended
                 */
                type?: string[];
                /** @description First moment, inclusive */
                from?: string;
                /** @description Last moment, inclusive */
                to?: string;
                /** @description The request that caused it */
                requestId?: string;
                /** @description The conversation it belongs to */
                correlationId?: string;
                format?: "ndjson" | "csv";
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description NDJSON: one event a line, as the pages have it. CSV: position, at, event, revision, aggregate_type, aggregate_id, sequence, event_id, owner_id, actor_id, actor_roles, client, device, request_id, command_id, reason, payload, metadata, deviation */
            200: {
                headers: {
                    /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
                    Incomplete?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInclusionProof: {
        parameters: {
            query?: {
                /** @description Size of a checkpoint; the last one if it is not given */
                size?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path: {
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description c2sp.org/tlog-proof; `extra` is the event, each column with its length in front */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such event or checkpoint, or sealed later than that */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: {
                state?: "active" | "archived" | "all";
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Categories"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExpenses: {
        parameters: {
            query?: {
                /** @description First day, inclusive */
                from?: string;
                /** @description Last day, inclusive */
                to?: string;
                /** @description Words, all of which occur in place, notes or purpose; case and accents do not matter */
                q?: string;
                /** @description Any of these categories; `none` for the uncategorised */
                categoryId?: string[];
                /** @description Any of these */
                mealType?: components["schemas"]["MealType"][];
                /** @description Any of these */
                orderType?: components["schemas"]["OrderType"][];
                /** @description All of these */
                tag?: string[];
                /** @description Any of these */
                restaurantId?: string[];
                /** @description At least */
                minAmount?: string;
                /** @description At most */
                maxAmount?: string;
                /**
                 * @description Any of these currencies
                 * @example EUR
                 */
                currency?: string[];
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description `deleted` is the bin */
                state?: "active" | "deleted";
                /** @description By amount only with exactly one `currency` */
                sort?: "-spentOn" | "spentOn" | "amount" | "-amount" | "place";
                /** @description `nextCursor` of the page before, with the same filter and sort */
                cursor?: string;
                limit?: number;
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpenseList"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExpenseChanges: {
        parameters: {
            query: {
                /** @description The earlier moment, to the microsecond */
                since: string;
                /** @description The later moment; by default the present one */
                until?: string;
                /** @description First day, inclusive; without it, from the beginning */
                from?: string;
                /** @description Last day, inclusive; without it, to the end */
                to?: string;
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description `nextCursor` of the page before, with the same parameters */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpenseChanges"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A moment lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportExpenses: {
        parameters: {
            query?: {
                /** @description First day, inclusive */
                from?: string;
                /** @description Last day, inclusive */
                to?: string;
                /** @description Words, all of which occur in place, notes or purpose; case and accents do not matter */
                q?: string;
                /** @description Any of these categories; `none` for the uncategorised */
                categoryId?: string[];
                /** @description Any of these */
                mealType?: components["schemas"]["MealType"][];
                /** @description Any of these */
                orderType?: components["schemas"]["OrderType"][];
                /** @description All of these */
                tag?: string[];
                /** @description Any of these */
                restaurantId?: string[];
                /** @description At least */
                minAmount?: string;
                /** @description At most */
                maxAmount?: string;
                /**
                 * @description Any of these currencies
                 * @example EUR
                 */
                currency?: string[];
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description `deleted` is the bin */
                state?: "active" | "deleted";
                /** @description By amount only with exactly one `currency` */
                sort?: "-spentOn" | "spentOn" | "amount" | "-amount" | "place";
                format?: "csv";
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description date, time, zone, amount, currency, tax, tip, meal_type, order_type, party_size, category_name, place, tags, purpose, attendees, notes, id */
            200: {
                headers: {
                    /** @description True if entries could not be processed yet and may be missing or outdated here; absent otherwise */
                    Incomplete?: "true";
                    /** @description With `asOf`: position of the last event that was recorded by then */
                    "Meals-As-Of-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExpenseSteps: {
        parameters: {
            query?: {
                /**
                 * @description A month; or else `from`, `to` or both
                 * @example 2026-03
                 */
                month?: string;
                /** @description First day, inclusive */
                from?: string;
                /** @description Last day, inclusive */
                to?: string;
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description `nextCursor` of the page before, with the same parameters */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpenseSteps"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExpense: {
        parameters: {
            query?: {
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, for If-Match */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Expense"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Absent, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Deleted; the ETag is the version to restore */
            410: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExpenseHistory: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpenseHistory"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Absent, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description `nextCursor` of the page before, with the same filter */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imports"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogState: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogState"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRestoredLog: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredLog"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlaces: {
        parameters: {
            query?: {
                /** @description Part of the name; case and accents do not matter */
                q?: string;
                limit?: number;
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Places"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjections: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projections"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterList"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such projection */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRebuilds: {
        parameters: {
            query?: {
                /** @description Of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rebuilds"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRebuild: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rebuild"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such rebuild */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCategoryReport: {
        parameters: {
            query?: {
                /** @description First day, inclusive; without it, from the beginning */
                from?: string;
                /** @description Last day, inclusive; without it, to the end */
                to?: string;
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategorySpend"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMonthlyReport: {
        parameters: {
            query?: {
                /**
                 * @description First month; by default eleven before the last
                 * @example 2026-01
                 */
                from?: string;
                /**
                 * @description Last month, inclusive; by default the current one, or that of `asOf` (UTC)
                 * @example 2026-12
                 */
                to?: string;
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthlyReport"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpendingReport: {
        parameters: {
            query: {
                /**
                 * @description Any of month, day, category, mealType, weekday, separated by commas
                 * @example month,category
                 */
                groupBy: string;
                /** @description First day, inclusive; without it, from the beginning */
                from?: string;
                /** @description Last day, inclusive; without it, to the end */
                to?: string;
                /** @description Any of these categories; `none` for the uncategorised */
                categoryId?: string[];
                /** @description Any of these */
                mealType?: components["schemas"]["MealType"][];
                /**
                 * @description Any of these currencies
                 * @example EUR
                 */
                currency?: string[];
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
                /** @description A moment of the past, to the microsecond: the answer is what was known then, and the same whenever it is asked for. By default the present */
                asOf?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Spending"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `asOf` lies in the future */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProofPack: {
        parameters: {
            query?: {
                /** @description The expense; then nothing else is given */
                expenseId?: string;
                /** @description Whose expenses; then `from` and `to` are given too */
                ownerId?: string;
                /** @description First day, inclusive */
                from?: string;
                /** @description Last day, inclusive */
                to?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such expense, or none in the period */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many events for one pack */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-sealed`: some of it is not sealed yet; also as for other reads */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTags: {
        parameters: {
            query?: {
                /** @description Whose; an auditor's default is everybody's, a member's their own */
                ownerId?: string;
            };
            header?: {
                /** @description Tokens of commands, comma-separated: the answer contains at least their effects */
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tags"];
                };
            };
            /** @description Something in the request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of ours */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not up to date with the consistency token yet, or too busy; ask again after `Retry-After` */
            503: {
                headers: {
                    /** @description Whole seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
