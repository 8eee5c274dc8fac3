package io.mealexpense.query.readmodel;

/** A value that is spelt by a code on the wire. */
public interface Coded {

    String code();
}
