package io.anemone.agent;

import io.anemone.agent.direct.Munge;
import io.anemone.agent.direct.Narrator;
import io.anemone.agent.direct.SpecFile;
import io.anemone.agent.probe.KvmProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.DirectClaim;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.Join.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code anemone-agent} command. */
public final class Main {

    private static final String USAGE = """
            Usage: anemone-agent lease                              (started by the orchestrator's jobs)
                   anemone-agent run SPEC.yaml [--set key=value]…   (in a job of your own)
                   anemone-agent probe                              (does KVM work on this node?)
                   anemone-agent rehearse                           (once after installing: later agents start faster)""";
    private static final Path CLIENT_SETTINGS = Path.of("/etc/anemone/client.env");

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
        int code;
        try {
            code = run(Arrays.asList(args), new HashMap<>(System.getenv()));
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            code = AgentExit.USAGE.code();
        } catch (IOException e) {
            System.err.println("The agent cannot work here: " + e.getMessage());
            code = AgentExit.VM_FAILED.code();
        } catch (InterruptedException e) {
            code = AgentExit.LEASE_ENDED.code();
        }
        // Threads inside libvirt's native code would otherwise keep the process.
        System.exit(code);
    }

    static int run(List<String> args, Map<String, String> env) throws IOException, InterruptedException {
        String command = args.isEmpty() ? "" : args.getFirst();
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (command) {
            case "lease" -> lease(rest, env).code();
            case "run" -> direct(rest, env).code();
            case "probe" -> probe(env);
            case "rehearse" -> rehearse();
            default -> throw new UsageException(USAGE);
        };
    }

    private static AgentExit lease(List<String> args, Map<String, String> env)
            throws IOException, InterruptedException {
        if (!args.isEmpty()) {
            throw new UsageException(USAGE);
        }
        AgentConfig config = AgentConfig.of(env);
        LeaseId lease = AgentConfig.lease(env);
        String token = env.getOrDefault(AgentConfig.TOKEN_VARIABLE, "");
        return new AgentProcess(config, () -> new Join.WithToken(lease, token), new LogEvents()).run();
    }

    private static AgentExit direct(List<String> args, Map<String, String> env)
            throws IOException, InterruptedException {
        if (args.isEmpty() || args.getFirst().startsWith("--")) {
            throw new UsageException("Name the file with the VM's spec.\n" + USAGE);
        }
        List<String> settings = settings(args.subList(1, args.size()));
        Path home = Path.of(env.getOrDefault("HOME", "/nonexistent"));
        VmRequest request = new SpecFile(home).read(Path.of(args.getFirst()), settings);
        AgentConfig config = AgentConfig.of(withClientSettings(env, CLIENT_SETTINGS));
        Munge munge = new Munge();
        Joiner joiner =
                () -> new Join.Direct(munge.credential(new DirectClaim(config.jobId(), config.node())), request);
        System.setProperty("java.util.logging.config.class", "io.anemone.agent.QuietLogging");
        return new AgentProcess(config, joiner, new Narrator(System.out, Clock.systemUTC())).run();
    }

    private static int probe(Map<String, String> env) throws InterruptedException {
        Path stateDir = Path.of(env.getOrDefault("ANEMONE_STATE_DIR", "/var/lib/anemone"));
        System.out.println(
                switch (new KvmProbe(stateDir, Path.of(System.getProperty("java.io.tmpdir"))).find()) {
                    case KVM -> "kvm: guests run on KVM here";
                    case EMULATION -> "emulation: KVM does not work here";
                });
        return AgentExit.DONE.code();
    }

    private static int rehearse() throws IOException, InterruptedException {
        new Rehearsal().run();
        return AgentExit.DONE.code();
    }

    static List<String> settings(List<String> args) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.startsWith("--set=")) {
                settings.add(arg.substring("--set=".length()));
            } else if (arg.equals("--set") && i + 1 < args.size()) {
                settings.add(args.get(++i));
            } else {
                throw new UsageException("\"" + arg + "\" is not understood.\n" + USAGE);
            }
        }
        return settings;
    }

    /** What the environment does not say, the site's file does: lines of NAME=value. */
    static Map<String, String> withClientSettings(Map<String, String> env, Path file) throws IOException {
        Map<String, String> merged = new HashMap<>();
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    merged.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        }
        merged.putAll(env);
        // A direct job is its user's own, whatever else is set.
        merged.put("ANEMONE_AGENT_MODE", "session");
        return merged;
    }
}
