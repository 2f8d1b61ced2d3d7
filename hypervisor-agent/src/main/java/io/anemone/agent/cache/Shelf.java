package io.anemone.agent.cache;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/** Who may read what is kept together in a part of the cache. */
public sealed interface Shelf {

    /** Name of its directory. */
    String name();

    /** Of its directory; the part's owner alone changes anything in it. */
    Set<PosixFilePermission> directoryMode();

    /** Of each file on it. */
    Set<PosixFilePermission> fileMode();

    /** What every user of the site may boot, and so every user of the node may read. */
    record Open() implements Shelf {

        @Override
        public String name() {
            return "public";
        }

        @Override
        public Set<PosixFilePermission> directoryMode() {
            // Those who know a digest may come in; nobody lists what is there.
            return PosixFilePermissions.fromString("rwx--x--x");
        }

        @Override
        public Set<PosixFilePermission> fileMode() {
            return PosixFilePermissions.fromString("rw-r--r--");
        }
    }

    /**
     * Private content of one person. Each has a shelf of their own, also in the part of an account that serves many:
     * that two have the same content is no reason to let one's guests near the other's copy.
     */
    record Of(String person) implements Shelf {

        @Override
        public String name() {
            // As digits: a person's name may hold what a file's name may not.
            return "own-" + HexFormat.of().formatHex(person.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Set<PosixFilePermission> directoryMode() {
            return PosixFilePermissions.fromString("rwx------");
        }

        @Override
        public Set<PosixFilePermission> fileMode() {
            return PosixFilePermissions.fromString("rw-------");
        }
    }
}
