package io.anemone.cli.api;

import org.jspecify.annotations.Nullable;

/** What the caller can do about a problem, by its code. The server's own sentence says what is wrong. */
final class Hints {

    private Hints() {}

    static @Nullable String of(String code) {
        return switch (code) {
            case "UNAUTHENTICATED", "TICKET_INVALID" -> "run: anemone login";
            case "UNKNOWN_IMAGE", "SIZE_TOO_SMALL" -> "see: anemone image list";
            case "IMAGE_QUOTA" ->
                "see what you have: anemone image list; delete some: anemone image delete IMAGE@REVISION";
            case "IMAGE_WRONG_STATE", "UPLOAD_OFFSET" -> "see: anemone image show IMAGE";
            case "SAVE_UNDER_WAY" -> "see how far it is: anemone image list";
            case "NOTHING_TO_SAVE" -> "see which images have a disk: anemone image list";
            case "UNKNOWN_FLAVOR" -> "see: anemone flavor list";
            case "UNKNOWN_POOL" -> "see: anemone pool list";
            case "UNKNOWN_PARTITION", "WALLTIME_TOO_LONG" -> "see: anemone partition list";
            case "BRIDGE_NOT_ALLOWED" -> "leave --bridge out: guests reach the network without it";
            case "SIZE_TOO_LARGE" -> "see: anemone node list";
            case "PATH_NOT_REQUESTABLE" -> "submit a job of your own: sbatch examples/direct-vm.sbatch";
            case "UNKNOWN_VOLUME", "VOLUME_EXISTS", "VOLUME_IN_USE", "VOLUME_OUT_OF_REACH" ->
                "see: anemone volume list";
            case "IDEMPOTENCY_CONFLICT" -> "use another --idempotency-key for another VM";
            case "SCHEDULER_UNAVAILABLE", "DATABASE_UNAVAILABLE", "AGENT_UNREACHABLE", "IMAGE_NOT_READY" ->
                "try again in a moment";
            case "TOO_MANY_STREAMS" -> "close an ssh session or a console that you do not need";
            default -> null;
        };
    }
}
