package io.mealexpense.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DataStoreTest {

    @TempDir
    Path folder;

    @Test
    void a_demonstration_never_enters_a_real_store() throws IOException {
        DataStore.claim(folder, false);
        Files.createDirectory(folder.resolve("postgres"));

        assertThatThrownBy(() -> DataStore.claim(folder, true)).isInstanceOf(DataStore.WrongKindException.class);
        assertThatCode(() -> DataStore.claim(folder, false)).doesNotThrowAnyException();
    }

    @Test
    void real_accounts_never_enter_a_demonstration() {
        DataStore.claim(folder, true);

        assertThatThrownBy(() -> DataStore.claim(folder, false)).isInstanceOf(DataStore.WrongKindException.class);
        assertThatCode(() -> DataStore.claim(folder, true)).doesNotThrowAnyException();
    }
}
