package io.mealexpense.command.expenseimport.web;

import io.mealexpense.command.category.CategoryNames;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.expense.web.ExpenseContentReader;
import io.mealexpense.command.expenseimport.AccountDefaults;
import io.mealexpense.command.expenseimport.ExpenseImporter;
import io.mealexpense.command.expenseimport.ImportOutcome;
import io.mealexpense.command.expenseimport.ImportedFile;
import io.mealexpense.command.web.Retries;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import jakarta.validation.Validator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a file and has its rows recorded; only a few files at a time, since each is in memory as a whole. */
@Component
class FileImport {

    private static final int AT_A_TIME = 2;
    private static final int PATIENCE_SECONDS = 10;

    private final Semaphore places = new Semaphore(AT_A_TIME, true);
    private final AccountDefaults defaults;
    private final CategoryNames categories;
    private final ExpenseContentReader contents;
    private final Validator validator;
    private final ExpenseImporter importer;

    FileImport(
            AccountDefaults defaults,
            CategoryNames categories,
            ExpenseContentReader contents,
            Validator validator,
            ExpenseImporter importer) {
        this.defaults = defaults;
        this.categories = categories;
        this.contents = contents;
        this.validator = validator;
        this.importer = importer;
    }

    /**
     * @param idempotencyKey the same file again records nothing with or without one, but with one it is answered as the
     *     first time
     */
    ImportOutcome apply(byte[] file, @Nullable String name, @Nullable String idempotencyKey, Actor actor) {
        var hash = ImportedFile.hash(file);
        var context = RequestContext.of(actor).retriedAs(Retries.of(idempotencyKey, "import", hash));
        importer.requireSameFile(actor, context);
        takePlace();
        try {
            return importer.apply(read(file, hash, name, actor), actor, context);
        } finally {
            places.release();
        }
    }

    private ImportedFile read(byte[] file, String hash, @Nullable String name, Actor actor) {
        var table = FileTable.of(FileText.of(file));
        var owner = actor.accountId();
        var rows = new RowReader(
                table, defaults.currency(owner), defaults.zone(owner), categories.of(owner), contents, validator);
        return new ImportedFile(
                hash,
                FileName.of(name),
                table.properties(),
                table.rows().stream().map(rows::read).toList());
    }

    private void takePlace() {
        try {
            if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(ProblemType.BUSY, "Other files are being imported. Nothing was recorded; try again.")
                .header("Retry-After", "5");
    }
}
