package io.mealexpense.system;

import java.net.URI;
import java.util.Map;

/** Who runs the product and who checks it, in every form that a test starts. */
final class Staff {

    static final String EMAIL = "admin@example.test";
    static final String PASSWORD = "Correct horse, administrator";

    /** Makes the first administrator at the start of a process. */
    static final Map<String, String> CONFIGURATION =
            Map.of("MEALS_ADMIN_EMAIL", EMAIL, "MEALS_ADMIN_PASSWORD", PASSWORD);

    private Staff() {}

    static Api.Member administrator(URI product) {
        return Api.at(product).signIn(EMAIL, PASSWORD, null);
    }

    /** Somebody who only reads: registered, given one role and relieved of the other. */
    static Api.Member auditor(URI product) {
        var api = Api.at(product);
        var auditor = api.register();
        var roles = "/auth/accounts/%s/roles/".formatted(auditor.id());
        var administrator = administrator(product).api();
        administrator.call("PUT", roles + "AUDITOR").send().expect(204);
        administrator.call("DELETE", roles + "MEMBER").send().expect(204);
        return api.signIn(auditor.email(), auditor.password(), null);
    }

    /** What the browser tests want to know. */
    static Map<String, String> logins(URI product) {
        var auditor = auditor(product);
        return Map.of(
                "MEALS_ADMIN", EMAIL + ":" + PASSWORD, "MEALS_AUDITOR", auditor.email() + ":" + auditor.password());
    }
}
