package io.mealexpense.postgres;

import java.util.Map;
import java.util.Optional;

/**
 * What differs between the product's own server, one for tests and one that recovers. Durability never does.
 *
 * @param testAdministrator a role that may create databases on the server, and all roles may enter all databases
 * @param startAfresh       what an earlier server left in the folder is dropped
 * @param archive           where the server's log is kept
 * @param recovery          what a server that is restored reads
 * @param environment       of the server, beside what it always has
 */
record Settings(
        int maxConnections,
        boolean testAdministrator,
        boolean startAfresh,
        Optional<WalArchive> archive,
        Optional<Recovery> recovery,
        Map<String, String> environment) {

    static final Settings PRODUCT = new Settings(60);
    static final Settings SHARED_BY_TESTS = new Settings(300, true, true, Optional.empty(), Optional.empty(), Map.of());

    Settings(int maxConnections) {
        this(maxConnections, false, false, Optional.empty(), Optional.empty(), Map.of());
    }

    Settings archivedIn(Optional<WalArchive> where) {
        return new Settings(maxConnections, testAdministrator, startAfresh, where, recovery, environment);
    }

    Settings recovering(Recovery how) {
        return new Settings(
                maxConnections, testAdministrator, startAfresh, Optional.empty(), Optional.of(how), environment);
    }

    Settings in(Map<String, String> more) {
        return new Settings(maxConnections, testAdministrator, startAfresh, archive, recovery, more);
    }
}
