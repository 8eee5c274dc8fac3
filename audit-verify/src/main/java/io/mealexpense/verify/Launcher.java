package io.mealexpense.verify;

/**
 * Where the program begins. This class alone is compiled for Java 8, so that a Java that is too old for the others can say
 * so: by itself it would end with 1, which says that the log was changed.
 */
public final class Launcher {

    private static final int NOT_COMPLETED = 2;

    private Launcher() {}

    public static void main(String[] arguments) {
        try {
            AuditVerify.main(arguments);
        } catch (UnsupportedClassVersionError unsupported) {
            System.err.println("audit-verify needs Java 21 or newer, and this Java is too old: "
                    + System.getProperty("java.version"));
            System.err.println("Not verified.");
            System.exit(NOT_COMPLETED);
        }
    }
}
