package io.mealexpense.postgres;

/**
 * What differs between the product's own server and one for tests. Durability never does.
 *
 * @param testAdministrator a role that may create databases on the server, and all roles may enter all databases
 * @param startAfresh       what an earlier server left in the folder is dropped
 */
record Settings(int maxConnections, boolean testAdministrator, boolean startAfresh) {

    static final Settings PRODUCT = new Settings(60, false, false);
    static final Settings SHARED_BY_TESTS = new Settings(300, true, true);
}
