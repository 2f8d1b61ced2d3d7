package io.anemone.core.vm;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ReadinessProbe;
import org.jspecify.annotations.Nullable;

/**
 * What a guest gets besides its size: all of it has a default. Stored as JSON, so that what an older version wrote, and
 * what it did not know, is read as the default.
 *
 * <p>Its readiness and its user are the image's unless it was asked for otherwise. They are kept here because the guest
 * has them for good, while its image may be read anew, changed or removed under it.
 *
 * @param readiness what makes it READY; null in what an older version wrote: as its image says
 * @param user      the guest's account that the ssh keys are for; null in what an older version wrote: as its image says
 */
public record GuestOptions(
        Hardware hardware,
        Storage storage,
        GuestNetwork network,
        @Nullable ReadinessProbe readiness,
        @Nullable String user) {

    public static final GuestOptions DEFAULT =
            new GuestOptions(Hardware.DEFAULT, Storage.NONE, GuestNetwork.DEFAULT, null, null);

    public GuestOptions {
        hardware = hardware == null ? Hardware.DEFAULT : hardware;
        storage = storage == null ? Storage.NONE : storage;
        network = network == null ? GuestNetwork.DEFAULT : network;
    }

    public GuestOptions with(Hardware other) {
        return new GuestOptions(other, storage, network, readiness, user);
    }

    public GuestOptions with(Storage other) {
        return new GuestOptions(hardware, other, network, readiness, user);
    }

    public GuestOptions with(GuestNetwork other) {
        return new GuestOptions(hardware, storage, other, readiness, user);
    }

    public GuestOptions with(@Nullable ReadinessProbe other) {
        return new GuestOptions(hardware, storage, network, other, user);
    }

    /** What is null is as the image says. */
    public GuestOptions filledFrom(ImageDefinition image) {
        return new GuestOptions(
                hardware,
                storage,
                network,
                readiness == null ? image.readiness() : readiness,
                user == null ? image.defaultUser() : user);
    }
}
