package io.mealexpense.command.expense.web;

import io.mealexpense.command.expense.Currencies;
import io.mealexpense.command.expense.ExpenseContent;
import io.mealexpense.command.expense.MealExpenseId;
import io.mealexpense.command.expense.MealType;
import io.mealexpense.command.expense.Money;
import io.mealexpense.command.expense.OrderType;
import io.mealexpense.command.web.ClientMadeId;
import io.mealexpense.command.web.FreeText;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what clients write into checked content in its normal form, and tells every field that is wrong at once. */
@Component
public class ExpenseContentReader {

    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    /** The platform copies all of them for whoever asks. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /**
     * Reads the content of a request.
     *
     * @throws ProblemException 400 naming every field that is wrong
     */
    public ExpenseContent read(ExpenseRequest request) {
        var errors = new ArrayList<FieldError>();
        var content = new Reading(errors).content(request);
        if (!errors.isEmpty() || content == null) {
            throw ProblemException.invalid(errors);
        }
        return content;
    }

    public MealExpenseId clientMadeId(String text) {
        return new MealExpenseId(
                ClientMadeId.read(text).orElseThrow(() -> ProblemException.invalid("id", ClientMadeId.REFUSAL)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** One request's reading; an unreadable field is told and reads as absent. */
    private record Reading(List<FieldError> errors) {

        @Nullable
        ExpenseContent content(ExpenseRequest request) {
            var spentOn = required("spentOn", request.spentOn(), this::day);
            var currency = required("currency", request.currency(), this::currency);
            var amount = required("amount", request.amount(), text -> money("amount", text, currency));
            if (amount != null && amount.isZero()) {
                wrong("amount", "must not be zero");
            }
            var mealType = required(
                    "mealType",
                    request.mealType(),
                    text -> MealType.of(text)
                            .orElseGet(
                                    () -> wrong("mealType", "is none of " + codes(MealType.values(), MealType::code))));
            var orderType = optional(
                    request.orderType(),
                    text -> OrderType.of(text)
                            .orElseGet(() ->
                                    wrong("orderType", "is none of " + codes(OrderType.values(), OrderType::code))));
            var content = new Parts(
                    optional(request.spentAt(), this::minute),
                    optional(request.zone(), this::zone),
                    part("tax", request.tax(), amount, currency),
                    part("tip", request.tip(), amount, currency),
                    optional(request.categoryId(), text -> id("categoryId", text)),
                    optional(request.restaurantId(), text -> id("restaurantId", text)),
                    tags(request.tags()),
                    texts("attendees", request.attendees()));
            if (amount != null && parts(content).compareTo(amount.amount().abs()) > 0) {
                wrong(content.tip() != null ? "tip" : "tax", "together with tax is more than the amount");
            }
            if (spentOn == null || currency == null || amount == null || mealType == null) {
                return null;
            }
            return new ExpenseContent(
                    spentOn,
                    content.spentAt(),
                    content.zone(),
                    amount,
                    content.tax(),
                    content.tip(),
                    mealType,
                    orderType,
                    request.partySize(),
                    content.categoryId(),
                    content.restaurantId(),
                    oneLine(request.place()),
                    content.tags(),
                    FreeText.normal(request.purpose()),
                    content.attendees(),
                    FreeText.normal(request.notes()));
        }

        private record Parts(
                @Nullable LocalTime spentAt,
                @Nullable String zone,
                @Nullable BigDecimal tax,
                @Nullable BigDecimal tip,
                @Nullable UUID categoryId,
                @Nullable UUID restaurantId,
                List<String> tags,
                List<String> attendees) {}

        private static BigDecimal parts(Parts parts) {
            return Objects.requireNonNullElse(parts.tax(), BigDecimal.ZERO)
                    .abs()
                    .add(Objects.requireNonNullElse(parts.tip(), BigDecimal.ZERO)
                            .abs());
        }

        private <T> @Nullable T required(String field, @Nullable String text, Function<String, @Nullable T> reader) {
            return text == null ? wrong(field, "is required") : reader.apply(text);
        }

        private static <T> @Nullable T optional(@Nullable String text, Function<String, @Nullable T> reader) {
            return text == null ? null : reader.apply(text);
        }

        private <T> @Nullable T wrong(String field, String message) {
            errors.add(new FieldError(field, message));
            return null;
        }

        private @Nullable LocalDate day(String text) {
            try {
                var day = LocalDate.parse(text, DAY);
                return day.isBefore(EARLIEST) ? wrong("spentOn", "is before 1970") : day;
            } catch (DateTimeException notADay) {
                return wrong("spentOn", "is not a day of the calendar, written 2026-03-15");
            }
        }

        private @Nullable LocalTime minute(String text) {
            try {
                return LocalTime.parse(text, MINUTE);
            } catch (DateTimeException notATime) {
                return wrong("spentAt", "is not a time of day, written 12:30");
            }
        }

        private @Nullable String zone(String text) {
            return ZONES.contains(text) ? text : wrong("zone", "is not a known time zone such as Europe/Berlin");
        }

        private @Nullable Currency currency(String text) {
            return Currencies.circulating(text)
                    .orElseGet(() -> wrong("currency", "is not the code of a circulating currency such as EUR"));
        }

        private @Nullable Money money(String field, String text, @Nullable Currency currency) {
            try {
                // an unknown currency is told already; the form is still worth a word
                return Money.parse(text, currency == null ? Currency.getInstance("EUR") : currency);
            } catch (Money.NotMoneyException no) {
                return wrong(field, String.valueOf(no.getMessage()));
            }
        }

        private @Nullable BigDecimal part(
                String field, @Nullable String text, @Nullable Money amount, @Nullable Currency currency) {
            var part = text == null ? null : money(field, text, currency);
            if (part == null) {
                return null;
            }
            if (amount != null && part.amount().signum() * amount.amount().signum() < 0) {
                return wrong(field, "has another sign than the amount it is part of");
            }
            return part.amount();
        }

        private @Nullable UUID id(String field, String text) {
            return uuid(text).orElseGet(() -> wrong(field, "is not a UUID"));
        }

        private List<String> tags(@Nullable List<@Nullable String> tags) {
            var texts = texts("tags", tags).stream().map(Reading::inOneLine).toList();
            for (var i = 0; i < texts.size(); i++) {
                if (texts.get(i).contains(",")) {
                    wrong("tags[" + i + "]", "contains a comma, which separates tags in files");
                }
            }
            return List.copyOf(new LinkedHashSet<>(texts));
        }

        private List<String> texts(String field, @Nullable List<@Nullable String> texts) {
            var normal = new ArrayList<String>();
            for (var i = 0; texts != null && i < texts.size(); i++) {
                var text = FreeText.normal(texts.get(i));
                if (text == null) {
                    wrong(field + "[" + i + "]", "is empty");
                } else {
                    normal.add(text);
                }
            }
            return normal;
        }

        private static @Nullable String oneLine(@Nullable String text) {
            var normal = FreeText.normal(text);
            return normal == null ? null : inOneLine(normal);
        }

        private static String inOneLine(String text) {
            return BLANKS.matcher(text).replaceAll(" ");
        }

        private static <T> String codes(T[] values, Function<T, String> code) {
            return List.of(values).stream().map(code).collect(Collectors.joining(", "));
        }
    }
}
