package io.mealexpense.benchmarks.crud;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes an expense and inserts it. */
@RestController
@RequestMapping("/expenses")
class ExpenseController {

    record NewExpense(
            @NotNull LocalDate spentOn,
            @Nullable LocalTime spentAt,
            @Size(max = 64) @Nullable String zone,
            @NotNull BigDecimal amount,
            @NotNull @Size(min = 3, max = 3) String currency,
            @Nullable BigDecimal tax,
            @Nullable BigDecimal tip,
            @NotNull @Size(max = 20) String mealType,
            @Size(max = 20) @Nullable String orderType,
            @Min(1) @Max(1000) @Nullable Integer partySize,
            @Nullable UUID categoryId,
            @Size(max = 200) @Nullable String place,
            @Size(max = 20) @Nullable List<String> tags,
            @Size(max = 500) @Nullable String purpose,
            @Size(max = 50) @Nullable List<String> attendees,
            @Size(max = 4000) @Nullable String notes) {}

    private final ExpenseRepository expenses;
    private final Clock clock = Clock.systemUTC();

    ExpenseController(ExpenseRepository expenses) {
        this.expenses = expenses;
    }

    @PostMapping
    @Transactional
    public ResponseEntity<Map<String, Object>> create(
            @Valid @RequestBody NewExpense request, Authentication authentication) {
        var saved = expenses.save(
                new Expense(UUID.randomUUID(), UUID.fromString(authentication.getName()), request, clock.instant()));
        return ResponseEntity.created(URI.create("/expenses/" + saved.getId())).body(Map.of("id", saved.getId()));
    }
}
