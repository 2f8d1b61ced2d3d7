package io.anemone.agent.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Session libvirt for tests. Root's own libvirtd would be the node's, so root's tests run it as nobody. */
final class Session {

    private static final List<String> PROGRAMS = List.of(
            "/usr/sbin/libvirtd",
            "/usr/sbin/virtlogd",
            "/usr/bin/qemu-system-x86_64",
            "/usr/bin/qemu-img",
            "/usr/bin/genisoimage");

    private Session() {}

    static void assumeInstalled() {
        for (String program : PROGRAMS) {
            assumeTrue(
                    Files.isExecutable(Path.of(program)),
                    program + " is missing: apt-get install libvirt-daemon libvirt-daemon-driver-qemu"
                            + " qemu-system-x86 qemu-utils genisoimage");
        }
    }

    static boolean root() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** What a command is put behind to run as an ordinary user. */
    static List<String> launcher() throws IOException {
        return root() ? List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups") : List.of();
    }

    static SessionDaemons in(Path directory) throws IOException {
        open(open(directory.resolve("run")).resolve("libvirt"));
        return new SessionDaemons(
                launcher(),
                open(directory.resolve("run")),
                open(directory.resolve("cfg")),
                open(directory.resolve("cache")),
                open(directory.resolve("data")));
    }

    /** A directory that the other user may use, too. */
    static Path open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
