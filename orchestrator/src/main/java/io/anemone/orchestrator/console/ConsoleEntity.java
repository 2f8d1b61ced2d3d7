package io.anemone.orchestrator.console;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Arrays;
import java.util.UUID;

@Entity
@Table(name = "console")
@IdClass(ConsoleEntity.Key.class)
class ConsoleEntity {

    record Key(UUID vmId, int attempt) implements Serializable {}

    @Id
    UUID vmId = new UUID(0, 0);

    @Id
    int attempt;

    long startOffset;
    byte[] data = {};

    void add(long offset, byte[] bytes, int kept) {
        long end = startOffset + data.length;
        if (offset > end) {
            startOffset = offset;
            data = new byte[0];
            end = offset;
        }
        int known = (int) Math.min(bytes.length, end - offset);
        if (known < bytes.length) {
            byte[] joined = Arrays.copyOf(data, data.length + bytes.length - known);
            System.arraycopy(bytes, known, joined, data.length, bytes.length - known);
            int cut = Math.max(0, joined.length - kept);
            data = Arrays.copyOfRange(joined, cut, joined.length);
            startOffset += cut;
        }
    }
}
