package io.anemone.core.hypervisor;

import io.anemone.core.error.ErrorCode;
import java.time.Duration;

/** Why the hypervisor could not do or tell something, by its own error code. */
public sealed interface HypervisorFailure {

    /** What the VM's record says. */
    ErrorCode code();

    /** One sentence, without identity. */
    String message();

    /** No connection: it may be starting, restarting or dead. Guests may run on without it. */
    record Unavailable(String detail) implements HypervisorFailure {
        @Override
        public ErrorCode code() {
            return ErrorCode.HYPERVISOR_UNAVAILABLE;
        }

        @Override
        public String message() {
            return "libvirt does not answer: " + detail;
        }
    }

    /** It did not answer in time; what was asked for may still happen. */
    record TimedOut(String operation, Duration limit) implements HypervisorFailure {
        @Override
        public ErrorCode code() {
            return ErrorCode.HYPERVISOR_UNAVAILABLE;
        }

        @Override
        public String message() {
            return "libvirt did not answer to " + operation + " within " + limit.toMillis() + " ms";
        }
    }

    /** The definition itself is refused; it would be refused anywhere. */
    record SpecRejected(String detail) implements HypervisorFailure {
        @Override
        public ErrorCode code() {
            return ErrorCode.SPEC_REJECTED;
        }

        @Override
        public String message() {
            return "libvirt refused the VM's definition: " + detail;
        }
    }

    /** A domain of this identity exists already. */
    record AlreadyExists(String detail) implements HypervisorFailure {
        @Override
        public ErrorCode code() {
            return ErrorCode.HYPERVISOR_FAILED;
        }

        @Override
        public String message() {
            return "the domain exists already: " + detail;
        }
    }

    /** Anything else. */
    record Failed(String detail) implements HypervisorFailure {
        @Override
        public ErrorCode code() {
            return ErrorCode.HYPERVISOR_FAILED;
        }

        @Override
        public String message() {
            return "the hypervisor failed: " + detail;
        }
    }
}
