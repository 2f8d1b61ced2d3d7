package io.anemone.cli.volume;

import io.anemone.cli.api.Volume;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Table;
import java.util.List;

/** Volumes as a table. */
final class VolumeTable {

    private VolumeTable() {}

    static Table of(List<Volume> volumes) {
        Table table = new Table("NAME", "OWNER", "SIZE", "PLACE", "STATE", "HELD BY");
        for (Volume volume : volumes) {
            Volume.Holder holder = volume.heldBy();
            table.row(
                    volume.name(),
                    volume.owner(),
                    Memory.text(volume.sizeGiB() * 1024L),
                    volume.place(),
                    volume.state(),
                    holder == null ? null : holder.name() + " (" + holder.vm() + ", " + holder.phase() + ")");
        }
        return table;
    }
}
