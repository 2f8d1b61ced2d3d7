package io.anemone.agent.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the node sees, for example on a file system that is shared by all nodes. */
public record FileSource(Path file) implements ImageSource {

    @Override
    public InputStream open(Blob blob, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        return Channels.newInputStream(channel.position(offset));
    }

    @Override
    public String name() {
        return file.toString();
    }
}
