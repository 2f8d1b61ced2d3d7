package io.anemone.core.error;

/**
 * A failure as data: travels over the wire and stands in a VM's record.
 *
 * @param code    what kind of failure
 * @param message one sentence for the VM's owner
 */
public record Failure(ErrorCode code, String message) {

    public boolean nodeFault() {
        return code.fault() == Fault.NODE;
    }
}
