package io.anemone.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligned columns under capital headings. */
public final class Table {

    private static final String GAP = "  ";

    private final List<Cell> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings =
                Arrays.stream(headings).map(text -> new Cell(text, Style.BOLD)).toList();
    }

    /** @param cells {@link Cell}s, or values to make plain ones of; as many as there are headings */
    public Table row(@Nullable Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(Arrays.stream(cells)
                .map(value -> value instanceof Cell cell ? cell : Cell.of(value))
                .toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** One line for each row, without spaces at line ends. */
    public List<String> render(boolean colours) {
        List<List<Cell>> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        int[] widths = new int[headings.size()];
        for (List<Cell> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return all.stream().map(row -> line(row, widths, colours)).toList();
    }

    private static String line(List<Cell> row, int[] widths, boolean colours) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            line.append(cell.render(colours));
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - cell.width())).append(GAP);
            }
        }
        return line.toString();
    }
}
