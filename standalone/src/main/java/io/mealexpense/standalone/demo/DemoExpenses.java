package io.mealexpense.standalone.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Eighteen months of one person's meals: the same for the same last day, and like somebody's real life. */
final class DemoExpenses {

    private static final long SEED = 20_261_122L;
    private static final int DAYS = 548;
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /**
     * What happens to an expense after it was recorded.
     */
    enum Fate {
        KEPT,
        AMENDED,
        DELETED,
        RESTORED
    }

    /**
     * What somebody has at hand, by the name that its browser gives itself.
     */
    enum Browser {
        PHONE("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/141.0.0.0 Mobile Safari/537.36"),
        TABLET("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/141.0.0.0 Safari/537.36"),
        COMPUTER("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");

        final String userAgent;

        Browser(String userAgent) {
            this.userAgent = userAgent;
        }
    }

    /**
     * One expense, as the API takes it.
     *
     * @param content without a category; that is the account's own
     * @param category name of one of the default categories
     * @param enteredAt when somebody got round to it: mostly soon after the meal, at times days later
     * @param enteredIn at the table mostly a phone, days later mostly a computer
     * @param fateAfter how much later the fate came; zero if there was none
     * @param fateIn what its fate was met in
     */
    record Entry(
            Map<String, Object> content,
            @Nullable String category,
            LocalDateTime enteredAt,
            Browser enteredIn,
            Fate fate,
            Duration fateAfter,
            Browser fateIn) {}

    /**
     * @param from lowest usual amount in cents
     * @param to highest usual amount in cents
     */
    private record Place(String name, String category, String mealType, String orderType, int from, int to) {}

    private static final List<Place> BREAKFASTS = List.of(
            new Place("Bäckerei Lindner", "Snacks & Vending", "breakfast", "takeout", 280, 690),
            new Place("Café Morgenrot", "Restaurants", "brunch", "dine-in", 980, 1890),
            new Place("Station Espresso", "Drinks", "breakfast", "takeout", 290, 560));
    private static final List<Place> LUNCHES = List.of(
            new Place("Canteen am Ufer", "Restaurants", "lunch", "dine-in", 590, 980),
            new Place("Corner Deli", "Fast Food", "lunch", "takeout", 740, 1290),
            new Place("Phở Vân", "Restaurants", "lunch", "dine-in", 990, 1590),
            new Place("Subway, Main Street", "Fast Food", "lunch", "takeout", 690, 1190),
            new Place("Green Bowl", "Restaurants", "lunch", "takeout", 1090, 1490),
            new Place("Döner Palast", "Fast Food", "lunch", "takeout", 550, 950));
    private static final List<Place> DINNERS = List.of(
            new Place("Trattoria Da Nino", "Restaurants", "dinner", "dine-in", 1850, 4650),
            new Place("Zum Goldenen Hirsch", "Restaurants", "dinner", "dine-in", 2100, 5200),
            new Place("Sakura Sushi", "Restaurants", "dinner", "delivery", 1990, 3890),
            new Place("Burger Brothers", "Fast Food", "dinner", "delivery", 1350, 2290),
            new Place("Curry House", "Restaurants", "dinner", "takeout", 1190, 2190));
    private static final List<Place> GROCERIES = List.of(
            new Place("Market Hall", "Groceries", "groceries", "other", 1490, 5890),
            new Place("Bio Company", "Groceries", "groceries", "other", 990, 4290),
            new Place("Corner Shop", "Groceries", "groceries", "other", 350, 1890));
    private static final List<Place> DRINKS = List.of(
            new Place("Bar Centrale", "Drinks", "drinks", "dine-in", 750, 2890),
            new Place("Stadtbad Biergarten", "Drinks", "drinks", "dine-in", 590, 1990),
            new Place("Gelateria Fiocco", "Snacks & Vending", "dessert", "takeout", 260, 640),
            new Place("Kino International", "Entertainment", "snacks", "other", 490, 1290),
            new Place("Vending machine, platform 3", "Snacks & Vending", "snacks", "other", 120, 350));
    private static final List<String> NOTES = List.of(
            "Shared the starter",
            "Rain, so delivery it was",
            "New menu, worth coming back",
            "Paid for both, Sam owes me",
            "Quick one between two meetings",
            "Birthday round");
    private static final List<String> GUESTS = List.of("Sam", "Priya", "Jonas", "Mei", "Lucía", "Oluwaseun");

    private static final List<String> JOURNEY = List.of(
            "23.80,Fischereihafen,dinner,First evening in Hamburg",
            "9.40,Nord Coast Coffee,breakfast,",
            "18.90,Brücke 10,lunch,",
            "64.00,Haerlin Bar,dinner,With the Hamburg team",
            "7.20,Elbgold,breakfast,",
            "21.50,ICE 703 Bordrestaurant,dinner,On the way home");

    private final Random random = new Random(SEED);
    private final Random habits = new Random(SEED + 1);
    private final Random hands = new Random(SEED + 2);
    private final List<Entry> entries = new ArrayList<>();

    private DemoExpenses() {}

    /** About 1,500 expenses, oldest first, the last ones on the given day. */
    static List<Entry> until(LocalDate lastDay) {
        var demo = new DemoExpenses();
        for (var day = firstDay(lastDay); !day.isAfter(lastDay); day = day.plusDays(1)) {
            demo.addDay(day);
        }
        return List.copyOf(demo.entries);
    }

    /** The day of the first ones. */
    static LocalDate firstDay(LocalDate lastDay) {
        return lastDay.minusDays(DAYS - 1);
    }

    /** What a bank would say of a journey: a file of the earlier tracker's form, of the days before the given one. */
    static String statement(LocalDate lastDay) {
        var lines = new StringBuilder("date,amount,restaurant_name,meal_type,notes\n");
        for (var i = 0; i < JOURNEY.size(); i++) {
            lines.append(lastDay.minusDays(JOURNEY.size() - i))
                    .append(',')
                    .append(JOURNEY.get(i))
                    .append('\n');
        }
        return lines.toString();
    }

    private void addDay(LocalDate day) {
        var weekend = WEEKEND.contains(day.getDayOfWeek());
        // prices rise by about three percent a year, and people eat out more in summer and in December
        var dear = 1 + day.toEpochDay() % 10_000 / 10_000.0 * 0.06;
        var season = Set.of(6, 7, 8, 12).contains(day.getMonthValue()) ? 1.25 : 1.0;
        maybe(0.6, day, BREAKFASTS, 7, 10, dear);
        maybe(weekend ? 0.35 : 0.82, day, LUNCHES, 11, 14, dear);
        maybe((weekend ? 0.55 : 0.24) * season, day, DINNERS, 18, 22, dear);
        maybe(day.getDayOfWeek() == DayOfWeek.SATURDAY ? 0.95 : 0.38, day, GROCERIES, 9, 20, dear);
        maybe((weekend ? 0.55 : 0.36) * season, day, DRINKS, 15, 23, dear);
        if (day.getDayOfMonth() == 11 && day.getMonthValue() % 3 == 0) {
            add(day, new Place("Hotel Kaiserhof", "Restaurants", "dinner", "dine-in", 18_000, 32_000), 19, 21, 1, true);
        }
        if (day.getMonthValue() == 4 && day.getYear() % 2 == 0 && day.getDayOfMonth() <= 9) {
            tokyo(day);
        }
    }

    private void maybe(double chance, LocalDate day, List<Place> places, int from, int to, double dear) {
        if (random.nextDouble() < chance) {
            // people have favourites: the first of a list comes up most
            var place = places.get((int) (Math.pow(random.nextDouble(), 1.7) * places.size()));
            add(day, place, from, to, dear, false);
        }
    }

    private void add(LocalDate day, Place place, int fromHour, int toHour, double dear, boolean business) {
        var cents = Math.round((place.from + random.nextInt(place.to - place.from)) * dear / 5) * 5;
        var amount = BigDecimal.valueOf(cents, 2);
        var content = content(day, place.name, place.mealType, place.orderType, amount, "EUR");
        content.put("spentAt", time(fromHour, toHour));
        content.put("zone", "Europe/Berlin");
        if (business || (place.mealType.equals("dinner") && random.nextInt(9) == 0)) {
            content.put("tags", List.of("client"));
            content.put("purpose", business ? "Quarterly dinner with the project team" : "Talking the offer through");
            content.put("attendees", guests());
            content.put("partySize", ((List<?>) content.get("attendees")).size() + 1);
        } else if (random.nextInt(14) == 0) {
            content.put("tags", List.of(random.nextBoolean() ? "reimbursable" : "travel"));
        }
        if (place.orderType.equals("dine-in") && random.nextInt(3) == 0) {
            content.put(
                    "tip",
                    amount.multiply(new BigDecimal("0.08"))
                            .setScale(1, RoundingMode.HALF_UP)
                            .setScale(2)
                            .toPlainString());
        }
        if (random.nextInt(12) == 0) {
            content.put("notes", NOTES.get(random.nextInt(NOTES.size())));
        }
        keep(content, random.nextInt(40) == 0 ? null : place.category, fate());
        if (random.nextInt(90) == 0) {
            var refund = content(day.plusDays(0), place.name, place.mealType, place.orderType, amount.negate(), "EUR");
            refund.put("notes", "Charged twice, money back");
            keep(refund, place.category, Fate.KEPT);
        }
    }

    /** A week in another currency, without decimals. */
    private void tokyo(LocalDate day) {
        var ramen = content(
                day, "一蘭 ラーメン 渋谷店", "lunch", "dine-in", BigDecimal.valueOf(980 + random.nextInt(60) * 10L), "JPY");
        ramen.put("tags", List.of("travel"));
        ramen.put("zone", "Asia/Tokyo");
        ramen.put("spentAt", time(12, 14));
        keep(ramen, "Restaurants", Fate.KEPT);
        if (day.getDayOfMonth() == 7) {
            var kaiseki = content(day, "Kikunoi Akasaka", "dinner", "dine-in", BigDecimal.valueOf(1_248_000), "JPY");
            kaiseki.put("tags", List.of("client", "travel"));
            kaiseki.put("purpose", "Closing dinner for forty guests");
            kaiseki.put("partySize", 40);
            keep(kaiseki, "Entertainment", Fate.KEPT);
        }
    }

    private void keep(Map<String, Object> content, @Nullable String category, Fate fate) {
        var time = LocalTime.parse(content.getOrDefault("spentAt", "20:30").toString());
        var daysLater = habits.nextInt(16) == 0 ? 2 + habits.nextInt(8) : 0;
        var enteredAt = LocalDate.parse(content.get("spentOn").toString())
                .atTime(time)
                .plusDays(daysLater)
                .plusSeconds(600 + habits.nextInt(4_800));
        var fateAfter = fate == Fate.KEPT
                ? Duration.ZERO
                : Duration.ofDays(habits.nextInt(12)).plusMinutes(5 + habits.nextInt(60));
        var enteredIn = browser(daysLater == 0 ? 85 : 25);
        entries.add(new Entry(content, category, enteredAt, enteredIn, fate, fateAfter, browser(45)));
    }

    /**
     * @param phones how many times of a hundred it is a phone
     */
    private Browser browser(int phones) {
        var which = hands.nextInt(100);
        return which < phones ? Browser.PHONE : which < 95 ? Browser.COMPUTER : Browser.TABLET;
    }

    private static Map<String, Object> content(
            LocalDate day, String place, String mealType, String orderType, BigDecimal amount, String currency) {
        var content = new LinkedHashMap<String, Object>();
        content.put("spentOn", day.toString());
        content.put("amount", amount.toPlainString());
        content.put("currency", currency);
        content.put("mealType", mealType);
        content.put("orderType", orderType);
        content.put("place", place);
        return content;
    }

    private String time(int fromHour, int toHour) {
        return LocalTime.of(fromHour + random.nextInt(toHour - fromHour), random.nextInt(12) * 5)
                .toString();
    }

    private List<String> guests() {
        var first = random.nextInt(GUESTS.size());
        return random.nextBoolean()
                ? List.of(GUESTS.get(first))
                : List.of(GUESTS.get(first), GUESTS.get((first + 1) % GUESTS.size()));
    }

    private Fate fate() {
        return switch (random.nextInt(50)) {
            case 0, 1, 2, 3 -> Fate.AMENDED;
            case 4 -> Fate.DELETED;
            case 5 -> random.nextInt(3) == 0 ? Fate.RESTORED : Fate.KEPT;
            default -> Fate.KEPT;
        };
    }
}
