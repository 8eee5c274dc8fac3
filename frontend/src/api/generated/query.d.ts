// Made by npm run generate:api; never edited.
export interface paths {
    "/api/v1/expenses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listExpenses"];
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
        get: operations["expense"];
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
        get: operations["history"];
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
        get: operations["export"];
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
        get: operations["monthlyReport"];
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
        get: operations["categoryReport"];
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
        get: operations["spendingReport"];
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
        get: operations["categories"];
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
        get: operations["tags"];
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
        get: operations["places"];
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
        get: operations["auditEvents"];
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
        get: operations["projections"];
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
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            traceId?: string;
            errors?: components["schemas"]["FieldError"][];
        };
        FieldError: {
            field: string;
            message: string;
        };
        Expense: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            ownerId: string;
            /** Format: date */
            spentOn: string;
            /** @description HH:mm, local time at the place */
            spentAt?: string;
            zone?: string;
            /** @description decimal string, major units, negative is money back */
            amount: string;
            currency: string;
            tax?: string;
            tip?: string;
            /** @enum {string} */
            mealType: "breakfast" | "brunch" | "lunch" | "dinner" | "snacks" | "drinks" | "dessert" | "late-night" | "groceries" | "other";
            /** @enum {string} */
            orderType?: "dine-in" | "takeout" | "delivery" | "drive-thru" | "catering" | "other";
            partySize?: number;
            /** Format: uuid */
            categoryId?: string;
            /** Format: uuid */
            restaurantId?: string;
            place?: string;
            tags: string[];
            purpose?: string;
            attendees: string[];
            notes?: string;
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            recordedAt: string;
            /** Format: date-time */
            amendedAt?: string;
            /** Format: date-time */
            deletedAt?: string;
            receipts?: Record<string, never>[];
        };
        Total: {
            currency: string;
            amount: string;
            /** Format: int64 */
            count: number;
        };
        Category: {
            /** Format: uuid */
            id: string;
            name: string;
            colour: string;
            icon: string;
            archived: boolean;
            /** Format: int64 */
            version: number;
        };
        ExpensePage: {
            items: components["schemas"]["Expense"][];
            nextCursor?: string;
            totals: components["schemas"]["Total"][];
        };
        CategoryTotals: {
            /** Format: uuid */
            categoryId: string | null;
            name: string | null;
            colour?: string;
            icon?: string;
            totals: components["schemas"]["Total"][];
        };
        History: {
            items: components["schemas"]["HistoryEntry"][];
        };
        HistoryEntry: {
            event: string;
            revision: string;
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            at: string;
            actor: {
                /** Format: uuid */
                id: string;
            };
            client: string;
            reason?: string;
            changes: components["schemas"]["FieldChange"][];
        };
        FieldChange: {
            field: string;
            from?: components["schemas"]["FieldValue"];
            to?: components["schemas"]["FieldValue"];
        };
        FieldValue: string | number | string[];
        Place: {
            place: string;
            /** Format: uuid */
            categoryId?: string;
            /** @enum {string} */
            mealType?: "breakfast" | "brunch" | "lunch" | "dinner" | "snacks" | "drinks" | "dessert" | "late-night" | "groceries" | "other";
            currency: string;
            count: number;
            /** Format: date */
            lastSpentOn: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEvent"][];
            nextCursor?: string;
        };
        AuditEvent: {
            /** Format: int64 */
            position: number;
            /** Format: uuid */
            eventId: string;
            aggregateType: string;
            /** Format: uuid */
            aggregateId: string;
            /** Format: int64 */
            sequence: number;
            event: string;
            revision: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            ownerId?: string;
            actor: {
                id: string;
                roles?: string[];
            };
            client?: string;
            requestId?: string;
            reason?: string;
            payload: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
        };
        Projection: {
            name: string;
            /** @enum {string} */
            state: "running" | "catching-up" | "failed" | "stopped";
            /** Format: int64 */
            position: number;
            /** Format: int64 */
            head: number;
            /** Format: int64 */
            lagEvents: number;
            lagSeconds: number;
            /** Format: int64 */
            deadLetters: number;
            error?: string;
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
    listExpenses: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                q?: string;
                categoryId?: string[];
                mealType?: string[];
                orderType?: string[];
                tag?: string[];
                restaurantId?: string[];
                minAmount?: string;
                maxAmount?: string;
                currency?: string;
                ownerId?: string;
                state?: "active" | "deleted";
                sort?: "-spentOn" | "spentOn" | "amount" | "-amount" | "place";
                cursor?: string;
                limit?: number;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpensePage"];
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    expense: {
        parameters: {
            query?: never;
            header?: {
                "Consistency-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Expense"];
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    history: {
        parameters: {
            query?: never;
            header?: {
                "Consistency-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export: {
        parameters: {
            query?: {
                format?: "csv";
                from?: string;
                to?: string;
                q?: string;
                categoryId?: string[];
                mealType?: string[];
                orderType?: string[];
                tag?: string[];
                restaurantId?: string[];
                minAmount?: string;
                maxAmount?: string;
                currency?: string;
                ownerId?: string;
                state?: "active" | "deleted";
                sort?: "-spentOn" | "spentOn" | "amount" | "-amount" | "place";
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    monthlyReport: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                ownerId?: string;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        months: {
                            month: string;
                            totals: components["schemas"]["Total"][];
                        }[];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    categoryReport: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                ownerId?: string;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        categories: components["schemas"]["CategoryTotals"][];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spendingReport: {
        parameters: {
            query?: {
                groupBy?: string;
                from?: string;
                to?: string;
                categoryId?: string[];
                mealType?: string[];
                currency?: string;
                ownerId?: string;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        groupBy: string[];
                        rows: {
                            key: {
                                [key: string]: string | null;
                            };
                            totals: components["schemas"]["Total"][];
                        }[];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    categories: {
        parameters: {
            query?: {
                state?: "active" | "archived" | "all";
                ownerId?: string;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Category"][];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tags: {
        parameters: {
            query?: never;
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    places: {
        parameters: {
            query?: {
                q?: string;
                limit?: number;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Place"][];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditEvents: {
        parameters: {
            query?: {
                actorId?: string;
                subjectId?: string;
                ownerId?: string;
                type?: string;
                from?: string;
                to?: string;
                requestId?: string;
                cursor?: string;
                limit?: number;
            };
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    projections: {
        parameters: {
            query?: never;
            header?: {
                "Consistency-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Projection"][];
                    };
                };
            };
            /** @description a problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
