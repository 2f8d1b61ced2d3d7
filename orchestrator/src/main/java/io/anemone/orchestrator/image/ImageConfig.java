package io.anemone.orchestrator.image;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where images come from and are kept, and what may be done with them. */
@ConfigMapping(prefix = "anemone.images")
public interface ImageConfig {

    /** Directory with one directory for each image of the site, named like it, that holds an {@code image.yaml}. */
    @WithDefault("/var/lib/anemone/images")
    Path dir();

    /** How long a listing is used before the directory is looked at again. */
    @WithDefault("PT5S")
    Duration rescan();

    /** Images of the site that are brought to the nodes of pools before anybody asks for them, separated by commas. */
    Optional<List<String>> warm();

    /** How long a request waits for an image whose files are being read for the first time. */
    @WithDefault("PT5S")
    Duration patience();

    /** Directory for what is uploaded and imported; the same one for all orchestrators, and theirs alone. */
    @WithDefault("/var/lib/anemone/image-store")
    Path store();

    /** Places where only golden images run, without user data and without root: static, scheduled, direct, pool:NAME. */
    Optional<Set<String>> restricted();

    /** Whether users may make images of theirs public; operators always may. */
    @WithDefault("false")
    boolean usersPublish();

    Limits limits();

    Imports imports();

    Check check();

    /** How much of anything there may be. */
    interface Limits {

        /** Largest file. */
        @WithDefault("32G")
        MemorySize file();

        /** Largest kernel or initrd. */
        @WithDefault("1G")
        MemorySize boot();

        /** Largest disk, as its guest sees it. */
        @WithDefault("256G")
        MemorySize disk();

        /** What all files of one account may have together; operators' golden images do not count. */
        @WithDefault("100G")
        MemorySize quota();

        /** Uploads that one account may have begun and not finished. */
        @WithDefault("8")
        int unfinished();

        /** After which an upload that nothing arrives for is given up. */
        @WithDefault("P1D")
        Duration expiry();

        /** After which a VM's disk is given up that is being saved and that its agent says nothing of. */
        @WithDefault("PT15M")
        Duration saveSilence();

        /** How long content that nothing needs any more is kept. */
        @WithDefault("PT10M")
        Duration keep();
    }

    /** Fetching files from elsewhere. */
    interface Imports {

        /** Beginnings of URLs, and absolute directories, that images may come from; without any, none may. */
        Optional<List<String>> from();

        /** Whether an import must say the SHA-256 of what it fetches. */
        @WithDefault("false")
        boolean checksum();

        /** How long one file may take. */
        @WithDefault("PT2H")
        Duration time();
    }

    /** The cage in which QEMU's own checker looks at a disk. */
    interface Check {

        /** How long looking at one file may take. */
        @WithDefault("PT10M")
        Duration time();

        /** Processor time of the checker. */
        @WithDefault("PT5M")
        Duration cpu();

        /** Address space of the checker. */
        @WithDefault("1G")
        MemorySize memory();

        /** The checker; it is run as {@code PROGRAM check -f FORMAT --output=json FILE}. */
        @WithDefault("/usr/bin/qemu-img")
        Path program();

        /** Whether a disk is refused where the cage lacks a part of it; otherwise its record says which. */
        @WithDefault("false")
        boolean whole();
    }
}
