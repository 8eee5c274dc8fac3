package io.mealexpense.system;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Test data: expenses as clients write them, and as they find them again. */
final class Expenses {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Expenses() {}

    /** A UUID of version 7, as a client makes one. */
    static UUID newId() {
        var millis = System.currentTimeMillis();
        return new UUID(millis << 16 | 7L << 12 | RANDOM.nextInt(1 << 12), 1L << 63 | RANDOM.nextLong() >>> 2);
    }

    /** A lunch at the corner deli. */
    static Map<String, Object> lunch(String amount) {
        var lunch = new LinkedHashMap<String, Object>();
        lunch.put("spentOn", "2026-03-15");
        lunch.put("amount", amount);
        lunch.put("currency", "EUR");
        lunch.put("mealType", "lunch");
        lunch.put("place", "Corner Deli");
        return lunch;
    }

    static Map<String, Object> with(Map<String, Object> content, String field, Object value) {
        var changed = new LinkedHashMap<>(content);
        changed.put(field, value);
        return changed;
    }

    /** Between one cent and a hundred euros, sometimes money back. */
    static String randomAmount(RandomGenerator random) {
        var cents = 1 + random.nextInt(10_000);
        return (random.nextInt(20) == 0 ? "-" : "") + "%d.%02d".formatted(cents / 100, cents % 100);
    }

    /** Amounts of all that are not deleted by id, page by page. */
    static Map<String, String> listed(Member member, Answer... after) {
        var amounts = new TreeMap<String, String>();
        var cursor = "";
        do {
            var page = member.api().read("/expenses?limit=200" + cursor, after).json();
            page.path("items")
                    .forEach(item -> amounts.put(
                            item.path("id").asString(), item.path("amount").asString()));
            cursor = page.path("nextCursor").isString()
                    ? "&cursor=" + page.path("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return amounts;
    }
}
