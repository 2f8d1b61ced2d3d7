package io.anemone.agent.save;

import io.anemone.core.wire.SaveReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The orchestrators, as those who take saved disks in. Every call can be repeated. */
public interface SaveUploads {

    /**
     * Says how far it is.
     *
     * @return the byte of the file that is expected next
     * @throws GoneException if nobody wants it (any more)
     * @throws IOException   if none of them can be reached at the moment
     */
    long tell(UUID save, SaveReport report) throws IOException;

    /**
     * Brings a piece of the file.
     *
     * @return the byte of the file that is expected next, which may be another than the piece's end
     */
    long send(UUID save, long offset, ByteBuffer piece) throws IOException;

    /** It was deleted, refused, given up or taken in: there is nothing left to do for it. */
    final class GoneException extends IOException {

        private static final long serialVersionUID = 1L;

        public GoneException(String message) {
            super(message);
        }
    }
}
