package io.anemone.core.wire;

import java.util.Map;

/** The names that messages go by on the wire. */
public final class WireTypes {

    /** Raised with every change that an older side would misunderstand. */
    public static final int PROTOCOL = 1;

    /** Path of the agents' WebSocket below the orchestrator's URL. */
    public static final String PATH = "/agent/v1";

    /** Path of the WebSocket that an agent opens for each stream. */
    public static final String STREAM_PATH = PATH + "/stream";

    /**
     * Path of the files of images: {@code GET PATH/SHA256}, whole or one range of bytes. The agent's secret is its
     * {@code Authorization: Bearer SECRET}.
     */
    public static final String IMAGES_PATH = PATH + "/images";

    /**
     * Path of disks that are saved: {@code POST PATH/SAVE} takes a {@link SaveReport}, {@code PUT PATH/SAVE} a piece of the
     * file. Both are authorized as at {@link #IMAGES_PATH}, and answer with {@link #OFFSET_HEADER}, where to go on.
     */
    public static final String SAVES_PATH = PATH + "/saves";

    /** Header that says which byte of a file a piece begins at. */
    public static final String OFFSET_HEADER = "Upload-Offset";

    /** Largest piece of a file. */
    public static final int MAX_PIECE = 4 << 20;

    /** Header in which an agent that asks for a file says which lease it speaks for. */
    public static final String LEASE_HEADER = "Anemone-Lease";

    public static final Map<String, Class<? extends AgentMessage>> AGENT = Map.of(
            "hello", AgentMessage.Hello.class,
            "report", AgentMessage.Report.class,
            "console", AgentMessage.Console.class,
            "usage", AgentMessage.Usage.class,
            "guest", AgentMessage.Guest.class);

    public static final Map<String, Class<? extends OrchestratorMessage>> ORCHESTRATOR = Map.of(
            "welcome", OrchestratorMessage.Welcome.class,
            "refused", OrchestratorMessage.Refused.class,
            "desired", OrchestratorMessage.Desired.class,
            "streams", OrchestratorMessage.Streams.class);

    public static final Map<String, Class<? extends Join>> JOIN = Map.of(
            "token", Join.WithToken.class,
            "again", Join.Again.class,
            "direct", Join.Direct.class);

    private WireTypes() {}
}
