package io.anemone.orchestrator.volume;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.HeldVolume;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VolumeFile;
import io.anemone.core.volume.Holding;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The guard of volumes, see {@link Holding}: a VM takes all of its volumes in the transaction that makes it, or is not
 * made. The volumes' rows are locked, in the order of their ids; that the last holder is over is read from its own row,
 * and once over, a VM stays so.
 */
@ApplicationScoped
public class VolumeHolds {

    private static final int MAX_PURGED_AT_ONCE = 32;

    private final EntityManager entities;

    VolumeHolds(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Takes what the spec names, for a VM that is made in this transaction.
     *
     * @return what its agent must know of it
     * @throws AnemoneException {@link ErrorCode#UNKNOWN_VOLUME}, {@link ErrorCode#VOLUME_OUT_OF_REACH} or
     *     {@link ErrorCode#VOLUME_IN_USE}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Storage take(VmSpec spec, VmId vm) {
        Storage wanted = spec.options().storage();
        return wanted.with(wanted.volumes().isEmpty() ? List.of() : take(wanted.volumes(), spec, vm), purge(spec, vm));
    }

    private List<HeldVolume> take(List<String> names, VmSpec spec, VmId vm) {
        Map<String, VolumeEntity> known = new HashMap<>();
        entities.createNativeQuery(
                        "select * from volume where owner = :owner and deleted_at is null and name in (:names)"
                                + " order by id for update",
                        VolumeEntity.class)
                .setParameter("owner", spec.owner())
                .setParameter("names", names)
                .getResultList()
                .forEach(row -> known.put(((VolumeEntity) row).name, (VolumeEntity) row));
        List<HeldVolume> held = new ArrayList<>();
        for (String name : names) {
            held.add(take(known.get(name), name, "storage.volumes[" + held.size() + "]", spec, vm));
        }
        return held;
    }

    private HeldVolume take(@Nullable VolumeEntity volume, String name, String field, VmSpec spec, VmId vm) {
        if (volume == null) {
            throw new FieldException(
                    ErrorCode.UNKNOWN_VOLUME,
                    field,
                    "You have no volume " + name + ": make it first, or look which ones you have.");
        }
        VolumePlace reached = VolumePlace.of(spec.path());
        if (volume.place != reached) {
            throw new FieldException(
                    ErrorCode.VOLUME_OUT_OF_REACH,
                    field,
                    "The volume " + name + " is for " + volume.place.vms() + " only: take that path, or make a volume"
                            + " for the place " + reached.text() + ".");
        }
        VolumeRecord.Holder last = volume.holder == null ? null : vmOf(volume.holder);
        Holding holding = last == null
                ? Holding.NOBODY
                : new Holding(new VmId(last.vm()), Phase.valueOf(last.phase()), volume.generation);
        if (last != null && holding.holder().isPresent()) {
            throw inUse(name, last);
        }
        volume.made |= last != null && ran(last.vm());
        volume.holder = vm.value();
        volume.generation = holding.takenBy(vm).generation();
        return new HeldVolume(
                name, new VolumeFile(volume.id, volume.directory), volume.sizeGib, volume.made, volume.generation);
    }

    static AnemoneException inUse(String name, VolumeRecord.Holder holder) {
        return new AnemoneException(
                ErrorCode.VOLUME_IN_USE,
                "The volume " + name + " is held by the VM " + holder.name() + ", which is " + holder.phase()
                        + ": it is free when that VM is over (vm: " + holder.vm() + ", attempt: " + holder.attempt()
                        + ").");
    }

    private VolumeRecord.Holder vmOf(UUID id) {
        return VolumeStore.holder((Object[])
                entities.createNativeQuery("select id, name, phase, attempt from vm where id = :id", Object[].class)
                        .setParameter("id", id)
                        .getSingleResult());
    }

    private boolean ran(UUID vm) {
        return (Boolean) entities.createNativeQuery("""
                        select exists (select from event where vm_id = :vm and kind = 'vm'
                                       and to_phase in ('RUNNING', 'READY'))""", Boolean.class)
                .setParameter("vm", vm)
                .getSingleResult();
    }

    /** Deleted volumes that this VM's agent can reach; what an earlier VM was told to remove, it has removed by now. */
    private List<VolumeFile> purge(VmSpec spec, VmId vm) {
        entities.createNativeQuery("""
                        delete from volume where deleted_at is not null and purger is not null and exists (
                            select from event where event.vm_id = volume.purger and event.kind = 'vm'
                              and event.to_phase in ('RUNNING', 'READY'))
                        """).executeUpdate();
        VolumePlace place = VolumePlace.of(spec.path());
        List<VolumeEntity> deleted = entities.createQuery(
                        "from VolumeEntity where deletedAt is not null and place = :place"
                                + " and (owner = :owner or place = :pool) order by id",
                        VolumeEntity.class)
                .setParameter("place", place)
                .setParameter("owner", spec.owner())
                .setParameter("pool", VolumePlace.POOL)
                .setMaxResults(MAX_PURGED_AT_ONCE)
                .getResultList();
        deleted.forEach(volume -> volume.purger = vm.value());
        return deleted.stream()
                .sorted(Comparator.comparing(volume -> volume.id))
                .map(volume -> new VolumeFile(volume.id, volume.directory))
                .toList();
    }
}
