package io.mealexpense.query.categoryspend;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.query.readmodel.MealType;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.web.CategoryChoice;
import io.mealexpense.query.web.Currencies;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the money goes. */
@RestController
@RequestMapping("/api/v1/reports")
@PreAuthorize("hasAnyRole('MEMBER', 'AUDITOR')")
@Tag(name = "Reports")
class CategorySpendController {

    private final CategorySpendQueries queries;

    CategorySpendController(CategorySpendQueries queries) {
        this.queries = queries;
    }

    /** Which days of whom. */
    record PeriodParameters(
            @Parameter(description = "First day, inclusive; without it, from the beginning") @Nullable
            LocalDate from,

            @Parameter(description = "Last day, inclusive; without it, to the end") @Nullable
            LocalDate to,

            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId)
            implements QueryParameters {

        @Override
        public void check(BiConsumer<String, String> refuse) {
            checkPeriod(from, to, refuse);
        }
    }

    /** Which spending, grouped how. */
    record SpendingParameters(
            @Parameter(
                    required = true,
                    description = "Any of month, day, category, mealType, weekday, separated by commas",
                    example = "month,category")
            @Nullable
            String groupBy,

            @Parameter(description = "First day, inclusive; without it, from the beginning") @Nullable
            LocalDate from,

            @Parameter(description = "Last day, inclusive; without it, to the end") @Nullable
            LocalDate to,

            @Parameter(
                    description = "Any of these categories; `none` for the uncategorised",
                    array = @ArraySchema(schema = @Schema(type = "string")))
            Set<CategoryChoice> categoryId,

            @Parameter(description = "Any of these") Set<MealType> mealType,

            @Parameter(description = "Any of these currencies", example = "EUR")
            Set<String> currency,

            @Parameter(description = "Whose; an auditor's default is everybody's, a member's their own") @Nullable
            UUID ownerId)
            implements QueryParameters {

        @Override
        public void check(BiConsumer<String, String> refuse) {
            if (groupBy == null) {
                refuse.accept("groupBy", "is required");
            } else {
                var codes = groupBy.split(",", -1);
                var groups = groups();
                if (groups.size() < codes.length || Set.copyOf(groups).size() < codes.length) {
                    refuse.accept(
                            "groupBy", "is not a list, without repetition, of month, day, category, mealType, weekday");
                }
            }
            checkPeriod(from, to, refuse);
            Currencies.check(currency, refuse);
        }

        List<SpendingGroup> groups() {
            return Optional.ofNullable(groupBy).stream()
                    .flatMap(codes -> Arrays.stream(codes.split(",", -1)))
                    .flatMap(code -> SpendingGroup.of(code).stream())
                    .toList();
        }
    }

    private static void checkPeriod(
            @Nullable LocalDate from, @Nullable LocalDate to, BiConsumer<String, String> refuse) {
        if (from != null && to != null && from.isAfter(to)) {
            refuse.accept("from", "is after to");
        }
    }

    @GetMapping("/categories")
    @Operation(operationId = "getCategoryReport", summary = "What was spent by category")
    CategorySpend byCategory(@ParameterObject PeriodParameters parameters, Actor actor, Moment moment) {
        return queries.byCategory(
                new SpendingFilter(Owners.of(actor, parameters.ownerId()), parameters.from(), parameters.to()), moment);
    }

    @GetMapping("/spending")
    @Operation(operationId = "getSpendingReport", summary = "What was spent, by any grouping")
    Spending spending(@ParameterObject SpendingParameters parameters, Actor actor, Moment moment) {
        return queries.spending(
                parameters.groups(),
                new SpendingFilter(
                        Owners.of(actor, parameters.ownerId()),
                        parameters.from(),
                        parameters.to(),
                        parameters.categoryId(),
                        parameters.mealType(),
                        parameters.currency()),
                moment);
    }
}
