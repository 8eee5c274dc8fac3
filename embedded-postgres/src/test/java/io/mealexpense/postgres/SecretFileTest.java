package io.mealexpense.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void a_key_is_made_once_and_readable_by_its_owner_only() throws IOException {
        var path = folder.resolve("master.key");
        var key = SecretFile.readOrCreateKey(path, 32);
        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(SecretFile.readOrCreateKey(path, 32)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_others_could_have_read_is_refused() throws IOException {
        var path = folder.resolve("master.key");
        SecretFile.readOrCreateKey(path, 32);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> SecretFile.readOrCreateKey(path, 32))
                .withMessageContaining("rw-r-----")
                .withMessageContaining("chmod 600");
    }

    @Test
    void a_damaged_key_is_refused_not_replaced() throws IOException {
        var path = folder.resolve("master.key");
        SecretFile.at(path).write(new byte[7]);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> SecretFile.readOrCreateKey(path, 32))
                .withMessageContaining("7 bytes instead of 32");
        assertThat(path).hasBinaryContent(new byte[7]);
    }
}
