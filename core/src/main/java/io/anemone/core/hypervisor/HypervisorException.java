package io.anemone.core.hypervisor;

/** The hypervisor could not do or tell something. Says nothing about whether a domain is there. */
public class HypervisorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HypervisorFailure failure;

    public HypervisorException(HypervisorFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public HypervisorException(HypervisorFailure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public HypervisorFailure failure() {
        return failure;
    }
}
