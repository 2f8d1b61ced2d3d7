package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;

/** Whether a VM can be logged in to. */
final class SshAccess {

    private SshAccess() {}

    /** @throws CliException that says what the VM is doing instead */
    static Vm.Ssh of(Vm vm) {
        Vm.Ssh ssh = vm.ssh();
        if (ssh == null || vm.phase().over()) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "VM " + VmText.identity(vm) + " cannot be logged in to: it is " + VmText.state(vm),
                    vm.phase().over() ? null : "wait for it: anemone vm wait " + vm.shortId());
        }
        return ssh;
    }
}
