package io.mealexpense.benchmarks.crud;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A row; lists are kept as text, one entry per line. */
@Entity
@Table(name = "expense")
class Expense implements Persistable<UUID> {

    @Id
    private UUID id;

    private UUID ownerId;
    private LocalDate spentOn;
    private @Nullable LocalTime spentAt;
    private @Nullable String zone;
    private BigDecimal amount;
    private String currency;
    private @Nullable BigDecimal tax;
    private @Nullable BigDecimal tip;
    private String mealType;
    private @Nullable String orderType;
    private @Nullable Integer partySize;
    private @Nullable UUID categoryId;
    private @Nullable String place;
    private @Nullable String tags;
    private @Nullable String purpose;
    private @Nullable String attendees;
    private @Nullable String notes;
    private Instant recordedAt;

    /** So that a new row is inserted without being looked for. */
    @Transient
    private boolean stored;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Expense() {}

    Expense(UUID id, UUID ownerId, ExpenseController.NewExpense request, Instant recordedAt) {
        this.id = id;
        this.ownerId = ownerId;
        this.spentOn = request.spentOn();
        this.spentAt = request.spentAt();
        this.zone = request.zone();
        this.amount = request.amount();
        this.currency = request.currency();
        this.tax = request.tax();
        this.tip = request.tip();
        this.mealType = request.mealType();
        this.orderType = request.orderType();
        this.partySize = request.partySize();
        this.categoryId = request.categoryId();
        this.place = request.place();
        this.tags = lines(request.tags());
        this.purpose = request.purpose();
        this.attendees = lines(request.attendees());
        this.notes = request.notes();
        this.recordedAt = recordedAt;
    }

    private static @Nullable String lines(java.util.@Nullable List<String> entries) {
        return entries == null || entries.isEmpty() ? null : String.join("\n", entries);
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    @PostLoad
    @PostPersist
    void markStored() {
        stored = true;
    }
}
