package io.mealexpense.postgres;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a restored server reads before it accepts connections.
 *
 * @param archive what was archived after the backup; without it, the backup's own log is all
 * @param until   what was committed at that moment is the last that is restored; without it, everything is
 */
record Recovery(Optional<Path> archive, Optional<Instant> until) {

    /** It does not know zones by letters yet when it reads this. */
    private static final DateTimeFormatter SERVER_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private static final String SCRIPT = "fetch-wal";

    /** More than 125 makes the server give up; anything else would be taken for the end of the archive. */
    private static final int GIVE_UP = 200;

    /**
     * A restored server always begins a timeline of its own. Nobody can ask it before it is where it has to be.
     * See <a href="https://www.postgresql.org/docs/18/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">its manual</a>.
     */
    String settings() {
        return """

                # a restore
                restore_command = 'sh ../%s "%%f" "%%p"'
                recovery_target_timeline = 'current'
                recovery_target_action = 'promote'
                hot_standby = off
                """.formatted(SCRIPT)
                + until.map(moment -> """
                        recovery_target_time = '%s'
                        recovery_target_inclusive = on
                        """.formatted(SERVER_TIME.format(moment))).orElse("");
    }

    void writeScript(Path dataFolder) {
        ShellScript.write(
                dataFolder.resolve(SCRIPT),
                "# For a restore. PostgreSQL runs it for each piece of its log that it wants: fetch-wal <name> <path>\n"
                        + archive.map(folder -> """
                                from=%s name=$1 to=$2
                                if [ -e "$from/$name.gz" ]; then
                                  gzip -dc "$from/$name.gz" >"$to" || { echo "damaged: $from/$name.gz" >&2; exit %d; }
                                elif [ -e "$from/$name" ]; then
                                  cp "$from/$name" "$to" || exit %d
                                else
                                  exit 1
                                fi
                                """.formatted(ShellScript.quoted(folder.toString()), GIVE_UP, GIVE_UP))
                                .orElse("exit 1\n"));
    }

    static void forgetScript(Path dataFolder) {
        PrivateFiles.deleteTree(dataFolder.resolve(SCRIPT));
    }
}
