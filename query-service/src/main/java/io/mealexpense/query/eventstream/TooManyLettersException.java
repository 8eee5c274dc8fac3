package io.mealexpense.query.eventstream;

/** So many events were put aside that it is the projection that is broken, not its events. */
final class TooManyLettersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLettersException(String projection, int letters) {
        super("%s has put %d events aside and stops before it puts aside more".formatted(projection, letters));
    }
}
