package io.anemone.orchestrator.instance;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** This process among the orchestrators of one database. A restart makes another one. */
@Singleton
public final class Instance {

    static final String SESSION_PREFIX = "anemone ";

    private final UUID id = UUID.randomUUID();

    public UUID id() {
        return id;
    }

    /** The name of its lasting session with the database, which ends with the process. */
    public String session() {
        return SESSION_PREFIX + id;
    }

    /** For people. */
    String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
