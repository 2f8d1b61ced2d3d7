package io.anemone.cli.vm;

import io.anemone.cli.api.Phase;
import io.anemone.cli.api.Vm;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Style;
import org.jspecify.annotations.Nullable;

/** How a VM is put into words. */
final class VmText {

    private VmText() {}

    static Cell phase(Phase phase) {
        Style style = switch (phase) {
            case READY -> Style.GREEN;
            case RUNNING -> Style.CYAN;
            case PENDING, QUEUED, PLACED, PREPARING, BOOTING, SUSPENDING, STOPPING, UNKNOWN -> Style.YELLOW;
            case SUSPENDED, STOPPED -> Style.DIM;
            case FAILED -> Style.RED;
        };
        return Cell.styled(phase, style);
    }

    /** {@code STOPPED (USER): Its owner ended it.} */
    static String state(Vm vm) {
        String reason = vm.reason();
        String message = vm.message();
        return vm.phase()
                + (reason == null ? "" : " (" + reason + ")")
                + (message == null || message.isEmpty() ? "" : ": " + message);
    }

    /** {@code web (4f1c22ab)} */
    static String identity(Vm vm) {
        return vm.name() + " (" + vm.shortId() + ")";
    }

    static @Nullable String address(Vm vm) {
        Vm.Ssh ssh = vm.ssh();
        return ssh == null ? null : (ssh.user() == null ? "" : ssh.user() + "@") + ssh.host() + ":" + ssh.port();
    }
}
