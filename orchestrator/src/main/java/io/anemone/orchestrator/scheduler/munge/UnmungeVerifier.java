package io.anemone.orchestrator.scheduler.munge;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Reason;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Refused;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Valid;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes by unmunge(1), whose exit code is a {@code munge_err_t} of {@code munge.h}. */
public final class UnmungeVerifier implements CredentialVerifier {

    private static final int MAX_LENGTH = 16 * 1024;
    private static final String PREFIX = "MUNGE:";

    /** The one line of metadata that is asked for, an empty line, and the payload to the last byte. */
    private static final Pattern DECODED =
            Pattern.compile("\\AUID:[ \\t]+(\\S{1,256}) \\((\\d{1,10})\\)\\n\\n(.*)\\z", Pattern.DOTALL);

    /** What unmunge prints in place of the name of an account that this host does not know. */
    private static final String NO_NAME = "???";

    private final List<String> command;
    private final BoundedProgram program;

    public UnmungeVerifier(BoundedProgram program) {
        this(List.of("unmunge", "--keys=UID"), program);
    }

    UnmungeVerifier(List<String> command, BoundedProgram program) {
        this.command = List.copyOf(command);
        this.program = program;
    }

    @Override
    public CredentialAnswer verify(String credential) {
        if (!credential.startsWith(PREFIX) || credential.length() > MAX_LENGTH) {
            // unmunge takes an empty one for wrong usage, not for a wrong credential.
            return new Refused(Reason.INVALID);
        }
        BoundedProgram.Result result = run(credential);
        return switch (result.exitCode()) {
            case 0 -> decoded(result.output());
            case 15 -> new Refused(Reason.EXPIRED); // EMUNGE_CRED_EXPIRED
            case 16 -> new Refused(Reason.REWOUND); // EMUNGE_CRED_REWOUND
            case 17 -> new Refused(Reason.REPLAYED); // EMUNGE_CRED_REPLAYED
            // BAD_LENGTH, BAD_CRED, BAD_VERSION, BAD_CIPHER, BAD_MAC, BAD_ZIP, BAD_REALM, CRED_INVALID,
            // CRED_UNAUTHORIZED
            case 3, 8, 9, 10, 11, 12, 13, 14, 18 -> new Refused(Reason.INVALID);
            default -> throw unavailable("unmunge ended with exit code " + result.exitCode(), null);
        };
    }

    private CredentialAnswer decoded(String output) {
        Matcher decoded = DECODED.matcher(output);
        if (!decoded.matches()) {
            throw unavailable("unmunge's answer cannot be read", null);
        }
        if (decoded.group(1).equals(NO_NAME)) {
            throw unavailable("this host knows no account of number " + decoded.group(2), null);
        }
        return new Valid(Long.parseLong(decoded.group(2)), decoded.group(1), decoded.group(3));
    }

    private BoundedProgram.Result run(String credential) {
        try {
            return program.run(command, credential);
        } catch (IOException e) {
            throw unavailable(e.toString(), e);
        }
    }

    private static AnemoneException unavailable(String why, @Nullable Throwable cause) {
        String message = "The credential cannot be checked at the moment: munged must run on the orchestrator's host"
                + " with the cluster's key and accounts (" + why + ").";
        return cause == null
                ? new AnemoneException(ErrorCode.SCHEDULER_UNAVAILABLE, message)
                : new AnemoneException(ErrorCode.SCHEDULER_UNAVAILABLE, message, cause);
    }
}
