package io.mealexpense.query.sealedlog;

import io.mealexpense.merkle.GrowingTree;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.NoteSigner;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the write side does, in short. The log of a database has one of these in a JVM, for all tests. */
public final class TestSeal {

    private static final Map<Database, TestSeal> SEALS = new HashMap<>();

    private final Database database;
    private final NoteSigner signer;
    private final GrowingTree tree = new GrowingTree();
    private final EventLeaf leaf = new EventLeaf();
    private final byte[] fingerprints = new byte[Tiles.WIDTH * EventLeaf.FINGERPRINTS];

    private TestSeal(Database database) {
        this.database = database;
        try (var command = database.connect(Role.COMMAND)) {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            signer = new NoteSigner(VerifierKey.of("test.example/log", pair.getPublic()), pair.getPrivate());
            try (var insert = command.prepareStatement(
                    "INSERT INTO seal.signing_key (verifier_key, private_key) VALUES (?, ''::bytea)")) {
                insert.setString(1, signer.verifierKey().toString());
                insert.executeUpdate();
            }
        } catch (SQLException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static synchronized TestSeal of(Database database) {
        return SEALS.computeIfAbsent(database, TestSeal::new);
    }

    public VerifierKey key() {
        return signer.verifierKey();
    }

    /** Seals what is new, and tells the checkpoint's size. */
    public synchronized long seal() {
        try (var command = database.connect(Role.COMMAND)) {
            command.setAutoCommit(false);
            try (var query = command.prepareStatement("SELECT " + LoggedEvent.COLUMNS
                    + " FROM event_store.domain_event WHERE position > ? ORDER BY position")) {
                query.setLong(1, tree.size());
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        leaf.take(LoggedEvent.of(row));
                        leaf.fingerprints(fingerprints, Tiles.partialWidth(0, tree.size()) * EventLeaf.FINGERPRINTS);
                        tree.append(
                                leaf.hash(),
                                (level, index, hashes) ->
                                        store(command, level, index, hashes, level == 0 ? fingerprints : null));
                    }
                }
            }
            for (var tile : tree.partialTiles()) {
                var width = Tiles.partialWidth(tile.level(), tree.size());
                store(
                        command,
                        tile.level(),
                        tile.index(),
                        tile.hashes(),
                        tile.level() == 0 ? Arrays.copyOf(fingerprints, width * EventLeaf.FINGERPRINTS) : null);
            }
            try (var insert =
                    command.prepareStatement("INSERT INTO seal.checkpoint (size, root, note) VALUES (?, ?, ?)")) {
                insert.setLong(1, tree.size());
                insert.setBytes(2, tree.root());
                insert.setString(3, signer.sign(tree.size(), tree.root()));
                insert.executeUpdate();
            }
            command.commit();
            return tree.size();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void store(
            Connection command, int level, long index, byte[] hashes, byte @Nullable [] fingerprints) {
        try (var insert = command.prepareStatement("""
                INSERT INTO seal.tile (level, index, hashes, fingerprints) VALUES (?, ?, ?, ?)
                ON CONFLICT (level, index) DO UPDATE
                SET hashes = excluded.hashes, fingerprints = excluded.fingerprints
                """)) {
            insert.setInt(1, level);
            insert.setLong(2, index);
            insert.setBytes(3, hashes);
            insert.setBytes(4, fingerprints);
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
