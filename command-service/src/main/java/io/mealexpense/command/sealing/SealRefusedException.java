package io.mealexpense.command.sealing;

/** The log is not what was sealed before: nothing more is signed until somebody has looked into it. */
class SealRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealRefusedException(String message) {
        super(message);
    }
}
