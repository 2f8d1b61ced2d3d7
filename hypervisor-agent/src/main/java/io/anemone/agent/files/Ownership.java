package io.anemone.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Whose something is, where everybody may make things and another may have been first. */
public final class Ownership {

    private Ownership() {}

    /** The user id of this process. */
    public static int self() throws IOException {
        // Of the directory that the link leads to: the link itself is root's.
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** The user id that a file, directory or link belongs to. */
    public static int of(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether this is a directory, and no link to one, of the account that runs this process. */
    public static boolean isOwnDirectory(Path path) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && of(path) == self();
    }

    /** Whether neither a group nor everybody may write it. */
    public static boolean nobodyElseWrites(PosixFileAttributes seen) {
        return !seen.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !seen.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }
}
