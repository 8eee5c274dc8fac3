/** Accounts, their roles, sign-in and sessions. */
@NullMarked
package io.mealexpense.command.account;

import org.jspecify.annotations.NullMarked;
