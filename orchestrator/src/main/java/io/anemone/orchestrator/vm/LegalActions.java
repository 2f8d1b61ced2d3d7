package io.anemone.orchestrator.vm;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmState;

/** What may be asked of a VM in which state. Asking again for what is under way or done is no mistake. */
final class LegalActions {

    private LegalActions() {}

    static void suspend(VmView vm) {
        if (vm.spec().path() == LaunchPath.DIRECT) {
            throw new AnemoneException(
                    ErrorCode.NOT_FOR_THIS_PATH,
                    "A direct VM lives in a job of your own and cannot be suspended: nobody could give it that job back."
                            + " Use a scheduled or static VM for this " + identity(vm) + ".");
        }
        switch (vm.state()) {
            case VmState.Placed s -> wantsToLive(vm);
            case VmState.Preparing s -> wantsToLive(vm);
            case VmState.Booting s -> wantsToLive(vm);
            case VmState.Running s -> wantsToLive(vm);
            case VmState.Ready s -> wantsToLive(vm);
            case VmState.Suspending s -> wantsToLive(vm);
            case VmState.Suspended s -> wantsToLive(vm);
            case VmState.Pending s -> mustHaveBeenSuspended(vm);
            case VmState.Queued s -> mustHaveBeenSuspended(vm);
            case VmState.Stopping s -> mustHaveBeenSuspended(vm);
            case VmState.Stopped s -> throw over(vm);
            case VmState.Failed s -> throw over(vm);
        }
    }

    static void resume(VmView vm) {
        switch (vm.state()) {
            case VmState.Stopping s -> mustHaveBeenSuspended(vm);
            case VmState.Stopped s -> throw over(vm);
            case VmState.Failed s -> throw over(vm);
            case VmState.Pending s -> wantsToLive(vm);
            case VmState.Queued s -> wantsToLive(vm);
            case VmState.Placed s -> wantsToLive(vm);
            case VmState.Preparing s -> wantsToLive(vm);
            case VmState.Booting s -> wantsToLive(vm);
            case VmState.Running s -> wantsToLive(vm);
            case VmState.Ready s -> wantsToLive(vm);
            case VmState.Suspending s -> wantsToLive(vm);
            case VmState.Suspended s -> wantsToLive(vm);
        }
    }

    static void reboot(VmView vm) {
        switch (vm.state()) {
            case VmState.Running s -> wantsToLive(vm);
            case VmState.Ready s -> wantsToLive(vm);
            case VmState.Pending s -> throw doesNotRun(vm);
            case VmState.Queued s -> throw doesNotRun(vm);
            case VmState.Placed s -> throw doesNotRun(vm);
            case VmState.Preparing s -> throw doesNotRun(vm);
            case VmState.Booting s -> throw doesNotRun(vm);
            case VmState.Suspending s -> throw doesNotRun(vm);
            case VmState.Suspended s -> throw doesNotRun(vm);
            case VmState.Stopping s -> throw doesNotRun(vm);
            case VmState.Stopped s -> throw over(vm);
            case VmState.Failed s -> throw over(vm);
        }
    }

    static void saveImage(VmView vm) {
        switch (vm.state()) {
            case VmState.Running s -> wantsToRun(vm);
            case VmState.Ready s -> wantsToRun(vm);
            case VmState.Pending s -> throw notOnANode(vm);
            case VmState.Queued s -> throw notOnANode(vm);
            case VmState.Placed s -> throw notOnANode(vm);
            case VmState.Preparing s -> throw notOnANode(vm);
            case VmState.Booting s -> throw notOnANode(vm);
            case VmState.Suspending s -> throw notOnANode(vm);
            case VmState.Suspended s -> throw notOnANode(vm);
            case VmState.Stopping s -> throw notOnANode(vm);
            case VmState.Stopped s ->
                throw refused("The VM is over (" + s.phase() + "), and its disk with it: save one that runs", vm);
            case VmState.Failed s ->
                throw refused("The VM is over (" + s.phase() + "), and its disk with it: save one that runs", vm);
        }
    }

    private static void wantsToRun(VmView vm) {
        wantsToLive(vm);
        if (vm.goal() == Goal.SUSPEND) {
            throw refused("The VM is to be suspended: resume it, and save it then", vm);
        }
    }

    private static AnemoneException notOnANode(VmView vm) {
        return refused(
                "The VM is " + vm.state().phase()
                        + ": only one that runs can be saved. Wait until it does, or resume it",
                vm);
    }

    private static void wantsToLive(VmView vm) {
        if (vm.goal() == Goal.TERMINATE) {
            throw refused("The VM is being ended, which is for good", vm);
        }
    }

    private static void mustHaveBeenSuspended(VmView vm) {
        wantsToLive(vm);
        if (vm.state().saved() == null) {
            throw refused(
                    "The VM is " + vm.state().phase()
                            + " and has nothing yet that could be kept: wait until it runs, or" + " delete it",
                    vm);
        }
    }

    private static AnemoneException doesNotRun(VmView vm) {
        return refused("The VM is " + vm.state().phase() + ": only one that runs can be rebooted", vm);
    }

    private static AnemoneException over(VmView vm) {
        return refused("The VM is over (" + vm.state().phase() + "): create a new one", vm);
    }

    private static AnemoneException refused(String why, VmView vm) {
        return new AnemoneException(ErrorCode.WRONG_PHASE, why + " " + identity(vm) + ".");
    }

    private static String identity(VmView vm) {
        return "(vm: " + vm.id() + ")";
    }
}
