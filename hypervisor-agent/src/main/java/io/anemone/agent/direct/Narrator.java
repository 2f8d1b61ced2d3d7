package io.anemone.agent.direct;

import io.anemone.agent.AgentEvents;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the user, in the output of their own job, what becomes of their VM. One line for each event, with its time. */
public final class Narrator implements AgentEvents {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final Clock clock;
    private final Map<VmId, DesiredVm> vms = new HashMap<>();
    private final Map<VmId, AgentPhase> phases = new HashMap<>();
    private final Set<String> warnings = new HashSet<>();
    private @Nullable String lastTrouble;

    public Narrator(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void joined(LeaseId lease) {
        lastTrouble = null;
        say("Connected to Anemone (lease: " + lease + ")");
    }

    @Override
    public synchronized void disconnected(String why) {
        if (!why.equals(lastTrouble)) {
            lastTrouble = why;
            say("Not connected to Anemone, trying again: " + why);
        }
    }

    @Override
    public synchronized void refused(OrchestratorMessage.Refused refusal) {
        say("Refused: " + refusal.message() + " (code: " + refusal.code() + ")");
    }

    @Override
    public synchronized void desired(OrchestratorMessage.Desired desired) {
        for (DesiredVm vm : desired.run()) {
            if (vms.put(vm.vm(), vm) == null) {
                say("VM " + vm.vm() + " (name: " + vm.name() + ", image: "
                        + vm.image().name() + ", vcpus: " + vm.size().vcpus() + ", memory: "
                        + vm.size().memoryMiB() + " MiB)");
            }
        }
    }

    @Override
    public synchronized void changed(List<VmReport> reports) {
        for (VmReport report : reports) {
            for (String warning : report.warnings()) {
                if (warnings.add(warning)) {
                    say("Warning: " + warning);
                }
            }
            if (phases.put(report.vm(), report.phase()) != report.phase()) {
                tell(report);
            }
        }
    }

    @Override
    public synchronized void ending(String why) {
        say("The job ends: " + why);
    }

    private void tell(VmReport report) {
        switch (report.phase()) {
            case PREPARING, BOOTING, STOPPING -> say(report.phase().name());
            case RUNNING -> {
                say(report.phase().name());
                sshCommand(report.ssh(), vms.get(report.vm()));
            }
            case READY -> say("READY: log in now");
            case ENDED -> say("ENDED: " + report.message());
        }
    }

    private void sshCommand(@Nullable SshEndpoint ssh, @Nullable DesiredVm vm) {
        if (ssh != null && vm != null) {
            say("ssh -p " + ssh.port() + " " + vm.image().defaultUser() + "@" + ssh.host());
        }
    }

    private void say(String line) {
        out.println(TIME.format(clock.instant().atZone(ZoneId.systemDefault())) + "  " + line);
        out.flush();
    }
}
