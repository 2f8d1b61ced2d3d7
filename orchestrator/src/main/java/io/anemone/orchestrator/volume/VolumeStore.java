package io.anemone.orchestrator.volume;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The volumes of the site: make, look at, delete. Who holds one is {@link VolumeHolds}' business. */
@ApplicationScoped
public class VolumeStore {

    private static final long GIB = 1L << 30;
    private final EntityManager entities;
    private final Clock clock;
    private final VolumeConfig config;

    VolumeStore(EntityManager entities, Clock clock, VolumeConfig config) {
        this.entities = entities;
        this.clock = clock;
        this.config = config;
    }

    /**
     * Makes a volume. Its file is made by the first VM that uses it.
     *
     * @throws AnemoneException {@link ErrorCode#NOT_OFFERED}, {@link ErrorCode#VOLUME_EXISTS} or
     *     {@link ErrorCode#QUOTA_EXCEEDED}
     */
    @Transactional
    VolumeRecord create(NewVolume wanted) {
        String directory = config.dir()
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_OFFERED, "This site offers no volumes: ask an operator for them."))
                .toString();
        // Two requests of one owner at once: the second one sees what the first one has used of the quota.
        lockOwner(wanted.owner());
        List<VolumeEntity> known = entities.createQuery(
                        "from VolumeEntity where owner = :owner and deletedAt is null", VolumeEntity.class)
                .setParameter("owner", wanted.owner())
                .getResultList();
        if (known.stream().anyMatch(volume -> volume.name.equals(wanted.name()))) {
            throw new AnemoneException(
                    ErrorCode.VOLUME_EXISTS,
                    "You have a volume " + wanted.name() + " already: take another name, or delete that one.");
        }
        checkQuota(wanted, known);
        VolumeEntity volume = new VolumeEntity();
        volume.id = UUID.randomUUID();
        volume.name = wanted.name();
        volume.owner = wanted.owner();
        volume.project = wanted.project();
        volume.place = wanted.place();
        volume.directory = directory;
        volume.sizeGib = wanted.sizeGiB();
        volume.createdAt = clock.instant();
        entities.persist(volume);
        return record(volume, null);
    }

    private void checkQuota(NewVolume wanted, List<VolumeEntity> known) {
        long used = known.stream().mapToLong(volume -> volume.sizeGib).sum();
        long most = config.quota().asLongValue() / GIB;
        if (used + wanted.sizeGiB() > most) {
            throw new AnemoneException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "Your volumes may have " + most + " GiB together, and " + used + " GiB are used: ask for at most "
                            + Math.max(0, most - used) + " GiB, or delete a volume.");
        }
        if (known.size() >= config.maxPerOwner()) {
            throw new AnemoneException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "You may have " + config.maxPerOwner() + " volumes, and have them: delete one.");
        }
    }

    private void lockOwner(String owner) {
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:key, 1))", Object.class)
                .setParameter("key", owner)
                .getSingleResult();
    }

    /**
     * By owner and name.
     *
     * @param owner whose; null for everybody's
     */
    @Transactional
    List<VolumeRecord> list(@Nullable String owner) {
        Map<UUID, VolumeRecord.Holder> holders = new HashMap<>();
        List<?> rows = entities.createNativeQuery("""
                        select vm.id, vm.name, vm.phase, vm.attempt from vm
                        where vm.phase not in ('STOPPED', 'FAILED')
                          and vm.id in (select holder from volume where deleted_at is null)""", Object[].class).getResultList();
        rows.forEach(row -> holders.put((UUID) ((Object[]) row)[0], holder((Object[]) row)));
        return entities.createQuery(
                        "from VolumeEntity where deletedAt is null order by owner, name", VolumeEntity.class)
                .getResultStream()
                .filter(volume -> owner == null || volume.owner.equals(owner))
                .map(volume -> record(volume, volume.holder == null ? null : holders.get(volume.holder)))
                .toList();
    }

    @Transactional
    Optional<VolumeRecord> find(UUID id) {
        return Optional.ofNullable(entities.find(VolumeEntity.class, id))
                .filter(volume -> volume.deletedAt == null)
                .map(volume -> record(volume, holderOf(volume)));
    }

    private VolumeRecord.@Nullable Holder holderOf(VolumeEntity volume) {
        List<?> rows = entities.createNativeQuery(
                        "select id, name, phase, attempt from vm where id = :id and phase not in ('STOPPED', 'FAILED')",
                        Object[].class)
                .setParameter("id", volume.holder)
                .getResultList();
        return rows.isEmpty() ? null : holder((Object[]) rows.getFirst());
    }

    /**
     * Deletes a volume: it is gone at once for everybody, and its file with the next VM that can reach it.
     *
     * @throws AnemoneException {@link ErrorCode#VOLUME_IN_USE} if a VM holds it
     */
    @Transactional
    void delete(UUID id) {
        VolumeEntity volume = entities.find(VolumeEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (volume == null || volume.deletedAt != null) {
            return;
        }
        VolumeRecord.Holder holder = holderOf(volume);
        if (holder != null) {
            throw VolumeHolds.inUse(volume.name, holder);
        }
        if (volume.generation == 0) {
            // No VM has had it, so there is no file.
            entities.remove(volume);
        } else {
            volume.deletedAt = clock.instant();
        }
    }

    static VolumeRecord.Holder holder(Object[] row) {
        return new VolumeRecord.Holder((UUID) row[0], (String) row[1], (String) row[2], (Integer) row[3]);
    }

    private static VolumeRecord record(VolumeEntity volume, VolumeRecord.@Nullable Holder holder) {
        return new VolumeRecord(
                volume.id,
                volume.name,
                volume.owner,
                volume.project,
                volume.place,
                volume.sizeGib,
                volume.createdAt,
                holder);
    }
}
