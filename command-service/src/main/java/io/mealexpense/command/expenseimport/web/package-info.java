/** Files of expenses by HTTP: how they are read, whoever wrote them. */
@NullMarked
package io.mealexpense.command.expenseimport.web;

import org.jspecify.annotations.NullMarked;
