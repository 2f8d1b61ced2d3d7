package io.anemone.agent.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The guest's end of a stream. Read by one thread and written by another; may be closed by any, which ends both. */
interface Target extends AutoCloseable {

    /** Waits for what the guest says. @return how many bytes came, at least one; -1 once there are no more */
    int read(ByteBuffer into) throws IOException, InterruptedException;

    /** Writes all of it, however long the guest takes to read it. */
    void write(ByteBuffer bytes) throws IOException;

    /** Nothing more will be written. */
    void endOfInput() throws IOException;

    @Override
    void close();
}
