package io.anemone.agent.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Picks ports of the node for guests' ssh and for what else they publish. A free port may be taken by another agent
 * before QEMU binds it: then {@link #free} says so afterwards, and another is picked.
 */
public final class Ports {

    public static final int FIRST = 22000;
    public static final int LAST = 22999;

    private final String host;
    private final RandomGenerator random;
    private final IntPredicate free;
    private final Set<Integer> taken = new HashSet<>();

    /** @param free whether nobody listens on a port */
    public Ports(String host, RandomGenerator random, IntPredicate free) {
        this.host = host;
        this.random = random;
        this.free = free;
    }

    /** Those of an address of this machine. */
    public static Ports of(InetAddress address, RandomGenerator random) {
        return new Ports(address.getHostAddress(), random, port -> free(address, port));
    }

    /**
     * Ports that nobody listens on, not given to anybody else here until they are given back.
     *
     * @return empty if there are not as many
     */
    public synchronized Optional<List<Integer>> take(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            OptionalInt port = next();
            if (port.isEmpty()) {
                giveBack(ports);
                return Optional.empty();
            }
            ports.add(port.getAsInt());
        }
        return Optional.of(ports);
    }

    private OptionalInt next() {
        int range = LAST - FIRST + 1;
        // From a random place, so that agents on one node seldom meet.
        int start = random.nextInt(range);
        for (int i = 0; i < range; i++) {
            int port = FIRST + (start + i) % range;
            if (!taken.contains(port) && free(port)) {
                taken.add(port);
                return OptionalInt.of(port);
            }
        }
        return OptionalInt.empty();
    }

    public synchronized void giveBack(Collection<Integer> ports) {
        taken.removeAll(ports);
    }

    public boolean free(int port) {
        return free.test(port);
    }

    private static boolean free(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String host() {
        return host;
    }
}
