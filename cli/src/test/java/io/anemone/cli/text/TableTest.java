package io.anemone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void colours_doNotMoveColumns() {
        Table table = new Table("A", "B").row(Cell.styled("x", Style.RED), "1").row("longer", "2");

        assertThat(table.render(false)).containsExactly("A       B", "x       1", "longer  2");
        assertThat(table.render(true).get(1)).isEqualTo("\u001b[31mx\u001b[0m       1");
    }

    @Test
    void absentValues_areDashes() {
        assertThat(new Table("A", "B").row(null, "").render(false)).containsExactly("A  B", "-  -");
    }

    @Test
    void rowOfAnotherLength_isRefused() {
        assertThatThrownBy(() -> new Table("A", "B").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
