package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What happens between a restore and its declaration. */
final class Recovery {

    private Recovery() {}

    /** Somebody reads, and cannot record. */
    static void requireClosed(Api member) {
        var refused = member.post("/expenses", Expenses.lunch("1.00")).send().expect(503);
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/log-closed");
        member.get("/expenses").send().expect(200);
        member.get("/reports/monthly?from=2026-01&to=2026-12").send().expect(200);
        assertThat(member.get("/log").send().expect(200).json().path("closed").asBoolean())
                .isTrue();
        member.get("/log/recovery").send().expect(403);
    }

    static void requireOpen(Api member) {
        member.post("/expenses", Expenses.lunch("1.00")).send().expect(201);
        assertThat(member.get("/log").send().expect(200).json().path("closed").asBoolean())
                .isFalse();
    }

    /**
     * As an administrator does who looks first.
     *
     * @param why it must be closed
     */
    static void declare(Distributed product, String why, String reason) {
        var administrator = Staff.administrator(product.base()).api();
        var restored = administrator.get("/log/recovery").send().expect(200).json();
        assertThat(restored.path("closed").asBoolean()).isTrue();
        assertThat(restored.path("why").asString()).isEqualTo(why);
        var position = restored.path("position").asLong();
        assertThat(position).isEqualTo(product.log().head());
        administrator
                .post("/log/recovery", Map.of("position", position, "reason", reason))
                .send()
                .expect(200);
    }
}
