/** The whole product from outside: its processes, its HTTP, its databases; nothing of its code. */
@NullMarked
package io.mealexpense.system;

import org.jspecify.annotations.NullMarked;
