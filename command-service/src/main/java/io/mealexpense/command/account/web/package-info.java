/** Accounts and sign-in over HTTP. */
@NullMarked
package io.mealexpense.command.account.web;

import org.jspecify.annotations.NullMarked;
