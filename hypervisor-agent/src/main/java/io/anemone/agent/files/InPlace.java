package io.anemone.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Whether guests use the files of a site's images where they are on the node, without a copy in the cache. */
public enum InPlace {
    /** Unless they are on a file system that many nodes reading at once would overload. */
    AUTO,
    ALWAYS,
    NEVER;

    /** One server behind them, or a daemon of the node between: not made for every block of every guest. */
    private static final Set<String> COPIED_FROM = Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse", "afs");

    /** @throws IOException if its file system cannot be told */
    boolean of(Path file) throws IOException {
        return switch (this) {
            case AUTO -> !COPIED_FROM.contains(typeOf(file));
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /** Without what follows a dot: {@code fuse.sshfs} is a fuse. */
    private static String typeOf(Path file) throws IOException {
        String type = Files.getFileStore(file).type().toLowerCase(Locale.ROOT);
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }
}
