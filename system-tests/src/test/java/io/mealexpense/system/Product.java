package io.mealexpense.system;

/** What is looked at from outside, in either form. */
interface Product {

    Log log();

    Fold fold();
}
