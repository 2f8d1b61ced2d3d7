package io.anemone.orchestrator.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file as it stands: the same stamp means the same content. The time of its inode's last change is in it, since the
 * time of its content's can be set to anything.
 */
record FileStamp(
        FileTime modified,
        FileTime changed,
        long size,
        @Nullable Object fileKey) {

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
        if (!basic.isRegularFile()) {
            throw new IOException("not a regular file: " + file);
        }
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
        return new FileStamp(basic.lastModifiedTime(), changed, basic.size(), basic.fileKey());
    }
}
