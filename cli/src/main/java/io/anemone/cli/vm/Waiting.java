package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Goal;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Phase;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at a VM again and again, and tells of each change, until it is where it shall be. */
final class Waiting {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** An orchestrator that is restarted is no reason to give up waiting for a VM. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cli cli;
    private final Api api;
    private final @Nullable Instant until;
    private final Instant began;
    private Instant lastAnswer;
    private String told = "";

    /** @param timeout how long to wait; null for as long as it takes */
    Waiting(Cli cli, Api api, @Nullable Duration timeout) {
        this.cli = cli;
        this.api = api;
        this.began = cli.clock().instant();
        this.lastAnswer = began;
        this.until = timeout == null ? null : began.plus(timeout);
    }

    /** @throws CliException if the VM is over without having come that far */
    JsonNode forPhase(String id, Phase wanted) {
        JsonNode node = look(id, vm -> vm.phase().over() || vm.phase().reached(wanted));
        Vm vm = Json.as(node, Vm.class);
        return there(node, vm.phase().reached(wanted), "is over and will not be " + wanted);
    }

    /** @throws CliException if it is over, or could not be suspended and runs on */
    JsonNode forSuspension(String id) {
        JsonNode node =
                look(id, vm -> vm.phase() == Phase.SUSPENDED || vm.phase().over() || vm.goal() == Goal.RUN);
        return there(node, Json.as(node, Vm.class).phase() == Phase.SUSPENDED, "is not suspended");
    }

    /** @throws CliException if it is over, or could not go on and stays suspended */
    JsonNode forResumption(String id) {
        JsonNode node = look(
                id,
                vm -> vm.phase() == Phase.READY
                        || vm.phase().over()
                        || (vm.phase() == Phase.SUSPENDED && vm.goal() == Goal.SUSPEND));
        return there(node, Json.as(node, Vm.class).phase() == Phase.READY, "could not be resumed");
    }

    /** @throws CliException if it is over, or runs no more */
    JsonNode forReboot(String id) {
        JsonNode node = look(id, vm -> !vm.rebooting() || !runs(vm));
        return there(node, runs(Json.as(node, Vm.class)), "was not rebooted");
    }

    private static boolean runs(Vm vm) {
        return vm.phase() == Phase.RUNNING || vm.phase() == Phase.READY;
    }

    private static JsonNode there(JsonNode node, boolean there, String otherwise) {
        if (!there) {
            Vm vm = Json.as(node, Vm.class);
            throw new CliException(
                    ExitCode.REFUSED,
                    "VM " + VmText.identity(vm) + " " + otherwise + ": " + VmText.state(vm),
                    "see: anemone vm show " + vm.shortId());
        }
        return node;
    }

    /** Until it is over, in whichever way. */
    JsonNode forEnd(String id) {
        return look(id, vm -> vm.phase().over());
    }

    private JsonNode look(String id, Predicate<Vm> enough) {
        while (true) {
            JsonNode node = ask(id);
            if (node != null) {
                Vm vm = Json.as(node, Vm.class);
                tell(vm);
                if (enough.test(vm)) {
                    return node;
                }
            }
            if (until != null && !cli.clock().instant().isBefore(until)) {
                throw new CliException(
                        ExitCode.TIMED_OUT,
                        "VM " + id + " is not there yet: " + (told.isEmpty() ? "no answer" : told),
                        "it goes on without you; see: anemone vm show " + id);
            }
            cli.pace().pause(LOOK_EVERY);
        }
    }

    private @Nullable JsonNode ask(String id) {
        try {
            JsonNode node = api.get("/vms/" + Api.segment(id));
            lastAnswer = cli.clock().instant();
            return node;
        } catch (CliException e) {
            Duration silence = Duration.between(lastAnswer, cli.clock().instant());
            if (e.exitCode() != ExitCode.UNREACHABLE || silence.compareTo(PATIENCE) > 0) {
                throw e;
            }
            say("the server does not answer; still waiting");
            return null;
        }
    }

    private void tell(Vm vm) {
        String node = vm.node();
        String where = node == null || vm.phase().over() ? "" : " [" + node + "]";
        boolean news = say(VmText.state(vm) + where + late(vm.readiness()));
        if (news && ConsoleEnd.matters(vm)) {
            ConsoleEnd.of(api, vm.id()).forEach(line -> cli.note("          | " + line));
        }
    }

    private static String late(Vm.@Nullable Readiness readiness) {
        return readiness == null || !readiness.late()
                ? ""
                : ", not ready after " + readiness.timeoutSeconds() + " s: " + readiness.missing();
    }

    /** @return whether it was not said before */
    private boolean say(String state) {
        boolean news = !state.equals(told);
        if (news) {
            told = state;
            double seconds = Duration.between(began, cli.clock().instant()).toMillis() / 1000.0;
            cli.note(String.format(Locale.ROOT, "%6.1f s  %s", seconds, state));
        }
        return news;
    }
}
