/** The imports of files, and what each brought. */
@NullMarked
package io.mealexpense.query.imports;

import org.jspecify.annotations.NullMarked;
