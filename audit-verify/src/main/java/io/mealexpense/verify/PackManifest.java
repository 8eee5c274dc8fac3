package io.mealexpense.verify;

import io.mealexpense.merkle.pack.PackFile;
import io.mealexpense.merkle.pack.PackSubject;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import io.mealexpense.verify.ProofPack.BrokenPackException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a proof pack says of itself; nobody signs it, so it is held against what is signed. */
record PackManifest(String log, long size, byte[] root, PackSubject subject, long events, Map<String, Entry> files) {

    /**
     * What a file must be.
     *
     * @param sha256 in hexadecimal
     */
    record Entry(long bytes, String sha256) {}

    static PackManifest read(ProofPack pack) throws IOException, BrokenPackException {
        try {
            var fields = Json.object(pack.text(PackFile.MANIFEST))
                    .only("format", "log", "size", "root", "subject", "events", "files");
            if (!fields.text("format").equals(PackFile.FORMAT)) {
                throw new IllegalArgumentException("format: this program knows %s only".formatted(PackFile.FORMAT));
            }
            var files = new HashMap<String, Entry>();
            for (var item : fields.list("files")) {
                var file = Json.Fields.of(item).only("name", "bytes", "sha256");
                var name = file.text("name");
                if (!PackFile.names().contains(name) || name.equals(PackFile.MANIFEST.fileName())) {
                    throw new IllegalArgumentException("files: it tells of " + name);
                }
                if (files.put(name, new Entry(file.number("bytes"), file.text("sha256"))) != null) {
                    throw new IllegalArgumentException("files: it tells twice of " + name);
                }
            }
            return new PackManifest(
                    fields.text("log"),
                    fields.number("size"),
                    Base64.getDecoder().decode(fields.text("root")),
                    subject(fields.object("subject")),
                    fields.number("events"),
                    files);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new BrokenPackException(PackFile.MANIFEST, malformed.getMessage());
        }
    }

    private static PackSubject subject(Json.Fields subject) {
        if (subject.textOrNull("expenseId") != null) {
            return new OfExpense(UUID.fromString(subject.only("expenseId").text("expenseId")));
        }
        subject.only("ownerId", "from", "to");
        return new OfPeriod(
                UUID.fromString(subject.text("ownerId")),
                LocalDate.parse(subject.text("from")),
                LocalDate.parse(subject.text("to")));
    }
}
