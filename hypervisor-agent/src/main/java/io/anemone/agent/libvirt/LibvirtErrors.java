package io.anemone.agent.libvirt;

import io.anemone.core.hypervisor.HypervisorFailure;
import org.libvirt.Error;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** libvirt's error codes (https://libvirt.org/html/libvirt-virterror.html) as {@link HypervisorFailure}s. */
final class LibvirtErrors {

    private LibvirtErrors() {}

    static boolean is(LibvirtException e, ErrorNumber number) {
        Error error = e.getError();
        return error != null && error.getCode() == number;
    }

    /** The domain is not there, or not any more. */
    static boolean gone(LibvirtException e) {
        return is(e, ErrorNumber.VIR_ERR_NO_DOMAIN);
    }

    /** @param connected whether the connection was found alive after the error */
    static HypervisorFailure failure(LibvirtException e, boolean connected) {
        Error error = e.getError();
        return error == null
                ? new HypervisorFailure.Unavailable(String.valueOf(e.getMessage()))
                : failure(error, connected);
    }

    /** @param connected whether the connection was found alive after the error */
    static HypervisorFailure failure(Error error, boolean connected) {
        if (!connected) {
            return new HypervisorFailure.Unavailable(String.valueOf(error.getMessage()));
        }
        String detail = String.valueOf(error.getMessage());
        return switch (error.getCode()) {
            case VIR_ERR_NO_CONNECT, VIR_ERR_INVALID_CONN, VIR_ERR_RPC, VIR_ERR_AUTH_FAILED, VIR_ERR_AUTH_UNAVAILABLE ->
                new HypervisorFailure.Unavailable(detail);
            case VIR_ERR_XML_ERROR,
                    VIR_ERR_XML_DETAIL,
                    VIR_ERR_XML_INVALID_SCHEMA,
                    VIR_ERR_CONFIG_UNSUPPORTED,
                    VIR_ERR_OS_TYPE,
                    VIR_ERR_INVALID_ARG -> new HypervisorFailure.SpecRejected(detail);
            case VIR_ERR_DOM_EXIST -> new HypervisorFailure.AlreadyExists(detail);
            // The codes are libvirt's, hundreds and growing: what is not named above is a failure like any other.
            default -> new HypervisorFailure.Failed(detail);
        };
    }
}
