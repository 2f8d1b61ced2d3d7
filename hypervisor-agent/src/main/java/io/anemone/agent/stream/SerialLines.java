package io.anemone.agent.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Who types to which guest: the first one connects to it, and the last one leaves it. */
final class SerialLines {

    private final Map<Path, SerialLine> lines = new HashMap<>();

    /** Its user lets go of it by {@link SerialLine#release}. */
    synchronized SerialLine take(Path socket) throws IOException {
        SerialLine line = lines.get(socket);
        if (line == null || line.over()) {
            line = SerialLine.open(socket, this::letGo);
            lines.put(socket, line);
        }
        line.users++;
        return line;
    }

    private synchronized void letGo(SerialLine line) {
        line.users--;
        if (line.users == 0) {
            lines.values().remove(line);
            line.close();
        }
    }
}
