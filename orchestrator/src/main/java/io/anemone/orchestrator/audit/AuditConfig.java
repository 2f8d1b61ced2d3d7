package io.anemone.orchestrator.audit;

import io.anemone.core.audit.AuditBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the audit looks, and how long a difference may last before it is a violation. */
@ConfigMapping(prefix = "anemone.audit")
public interface AuditConfig {

    /** How often to look without being told of news. */
    @WithDefault("PT2S")
    Duration interval();

    /** Shortest time between two looks, however much is news. */
    @WithDefault("PT0.1S")
    Duration pause();

    /** How old the last look may be before nothing is known any more. */
    @WithDefault("PT15S")
    Duration stale();

    /** How long an agent may be away before it is said that what is on its node is not known. */
    @WithDefault("PT15S")
    Duration silence();

    /** How many records that are over are looked through at a time. */
    @WithDefault("200")
    int slice();

    /** Two domains of one VM. */
    @WithDefault("PT2S")
    Duration twoDomains();

    /** A domain after the end of its lease, and files after the end of their VM. */
    @WithDefault("PT5S")
    Duration domain();

    /** A lease without its job; the scheduler's word that there is none is asked for twice before it is believed. */
    @WithDefault("PT30S")
    Duration job();

    /** Something decided that is not done. */
    @WithDefault("PT2M")
    Duration effect();

    /** A VM that ended with its lease, and the lease lives. */
    @WithDefault("PT2M")
    Duration end();

    /** A phase past its deadline. */
    @WithDefault("PT30S")
    Duration deadline();

    /** A lease past the time limit of its job. */
    @WithDefault("PT2M")
    Duration walltime();

    /** What was saved of a suspended VM, after its end: only an agent of its account can remove it. */
    @WithDefault("P1D")
    Duration kept();

    default AuditBounds bounds() {
        return new AuditBounds(twoDomains(), domain(), job(), effect(), end(), deadline(), walltime(), kept());
    }
}
