package io.mealexpense.command.expenseimport.web;

/** Why a cell could not be read; the message is for whoever wrote it and never repeats the cell. */
final class CellException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CellException(String message) {
        super(message, null, false, false);
    }
}
