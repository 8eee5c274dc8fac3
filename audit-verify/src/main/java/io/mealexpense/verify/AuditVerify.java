package io.mealexpense.verify;

import io.mealexpense.verify.LogVerification.NothingSealedException;
import io.mealexpense.verify.ReadModelVerification.NotComparableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** The program: verifies a log, a downloaded proof or a proof pack and says so by its exit code. */
public final class AuditVerify {

    static final int CLEAN = 0;
    static final int VIOLATION = 1;
    static final int NOT_COMPLETED = 2;

    /** Violations that are printed; the others are counted. */
    private static final int PRINTED = 20;

    private final PrintStream out;
    private final PrintStream err;

    public AuditVerify(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        var utf8 = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new AuditVerify(utf8, System.err).run(arguments));
    }

    /** @return the exit code */
    public int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(Options.USAGE);
            return CLEAN;
        }
        try {
            var options = Options.parse(arguments);
            if (options.proof() != null) {
                return new ProofVerification(out).run(options.proof(), options.keys());
            }
            if (options.pack() != null) {
                return new PackVerification(out).run(options.pack(), options.keys());
            }
            return verify(options);
        } catch (Options.UsageException wrong) {
            err.println(wrong.getMessage());
            err.print(Options.USAGE);
        } catch (NothingSealedException nothing) {
            err.println(nothing.getMessage());
        } catch (SQLException | LogVerification.DatabaseFailure failure) {
            err.println("The database could not be read: " + failure.getMessage());
        } catch (IOException | UncheckedIOException failure) {
            err.println("A file could not be read: " + failure);
        } catch (RuntimeException | Error unexpected) { // by itself it would end with 1
            unexpected.printStackTrace(err);
        }
        err.println("Not verified.");
        return NOT_COMPLETED;
    }

    private int verify(Options options) throws SQLException, IOException, NothingSealedException {
        var url = options.url();
        if (url == null) {
            throw new IllegalStateException("No database");
        }
        var began = System.nanoTime();
        try (var database = new LogDatabase(url, options.user(), options.password())) {
            var published = options.checkpoints() == null ? null : new PublishedCheckpoints(options.checkpoints());
            var outcome = new LogVerification(
                            database, published, options.keys(), options.trusted(), options.acceptedRecoveries())
                    .run();
            var exitCode = tell(outcome, (System.nanoTime() - began) / 1e9);
            if (options.readModels() == null) {
                return exitCode;
            }
            var compared = compare(database, options.readModels(), options);
            return exitCode == VIOLATION || compared == CLEAN ? exitCode : compared;
        }
    }

    private int compare(LogDatabase log, String url, Options options) {
        var began = System.nanoTime();
        try (var readModels = new ReadModelDatabase(url, options.user(), options.password())) {
            var outcome = new ReadModelVerification(log, readModels).run();
            out.printf(
                    "Read models: %,d rows compared in %.1f s; %s.%n",
                    outcome.rows(), (System.nanoTime() - began) / 1e9, outcome.positions());
            outcome.remarks().forEach(remark -> out.println("Remark: " + remark));
            if (outcome.count() == 0) {
                out.println("Equal: the read models are what the log comes to.");
                return CLEAN;
            }
            outcome.differences().forEach(difference -> out.println("VIOLATION " + difference));
            out.printf(
                    "%,d differences; the first: %s%n",
                    outcome.count(), outcome.differences().getFirst());
            return VIOLATION;
        } catch (NotComparableException notComparable) {
            err.println(notComparable.getMessage());
        } catch (SQLException failure) {
            err.println("The read models could not be read: " + failure.getMessage());
        }
        err.println("The read models were not compared.");
        return NOT_COMPLETED;
    }

    private int tell(LogVerification.Outcome outcome, double seconds) {
        out.printf(
                "%,d events read in %.1f s, the last at position %,d; %,d checkpoints, the last one seals %,d.%n",
                outcome.events(), seconds, outcome.lastPosition(), outcome.checkpoints(), outcome.sealedUpTo());
        outcome.remarks().forEach(remark -> out.println("Remark: " + remark));
        var findings = outcome.findings();
        if (findings.count() == 0 && outcome.missing() != null) {
            err.println(outcome.missing());
            err.println("Not verified.");
            return NOT_COMPLETED;
        }
        if (findings.count() == 0) {
            out.println("Clean: the log is what was sealed.");
            return CLEAN;
        }
        findings.first().stream().limit(PRINTED).forEach(finding -> out.println("VIOLATION " + finding));
        out.printf(
                "%,d violations; the first: %s%n",
                findings.count(), findings.first().getFirst());
        return VIOLATION;
    }
}
