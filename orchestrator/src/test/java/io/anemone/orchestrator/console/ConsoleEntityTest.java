package io.anemone.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleEntityTest {

    private final ConsoleEntity console = new ConsoleEntity();

    private void add(long offset, String text) {
        console.add(offset, text.getBytes(StandardCharsets.UTF_8), 8);
    }

    private String kept() {
        return new String(console.data, StandardCharsets.UTF_8);
    }

    @Test
    void piecesInOrder_areJoined() {
        add(0, "abc");
        add(3, "de");
        assertThat(kept()).isEqualTo("abcde");
    }

    @Test
    void repeatedPiece_changesNothing() {
        add(0, "abc");
        add(0, "abc");
        add(1, "b");
        assertThat(kept()).isEqualTo("abc");
    }

    @Test
    void overlappingPiece_addsWhatIsNew() {
        add(0, "abc");
        add(2, "cde");
        assertThat(kept()).isEqualTo("abcde");
    }

    @Test
    void moreThanIsKept_losesItsBeginning() {
        add(0, "abcdef");
        add(6, "ghijkl");
        assertThat(kept()).isEqualTo("efghijkl");
        assertThat(console.startOffset).isEqualTo(4);
    }

    @Test
    void gap_beginsAnew() {
        add(0, "abc");
        add(100, "xyz");
        assertThat(kept()).isEqualTo("xyz");
        assertThat(console.startOffset).isEqualTo(100);
    }

    @Test
    void pieceFromBeforeWhatIsKept_addsOnlyItsNewEnd() {
        add(0, "abcdefgh");
        add(8, "ij");
        add(0, "abcdefghijk");
        assertThat(kept()).isEqualTo("defghijk");
    }
}
