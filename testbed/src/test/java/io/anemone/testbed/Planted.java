package io.anemone.testbed;

import java.util.List;

/** Domains that somebody starts on a node by hand, past Anemone. */
final class Planted {

    private static final String SYSTEM = "qemu:///system";

    private final Box box;
    private final String node;

    Planted(Box box, String node) {
        this.box = box;
        this.node = node;
    }

    /** What this VM's running domain is defined as, with its mark, but without files and sockets that end with the VM. */
    String definitionOf(Guest guest) {
        return box.asRoot(node, "virsh", "-q", "-c", SYSTEM, "dumpxml", "--inactive", nameOf(guest))
                .ok()
                .replaceAll("(?s)<(disk|serial|console|channel|graphics) .*?</\\1>", "");
    }

    static String nameOf(Guest guest) {
        return "anemone-" + guest.id().substring(0, 8) + "-1";
    }

    /** The smallest machine there is; it needs no file. */
    static String plain(String name, String metadata) {
        return "<domain type='qemu'><name>" + name + "</name><metadata>" + metadata + "</metadata>"
                + "<memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>";
    }

    void start(String definition) {
        String file = "/var/lib/anemone/planted.xml";
        box.asRoot(node, "sh", "-c", "printf %s \"$1\" > \"$0\"", file, definition)
                .ok();
        box.asRoot(node, "virsh", "-q", "-c", SYSTEM, "create", file).ok();
        box.asRoot(node, "rm", file).ok();
    }

    List<String> domains() {
        return box.asRoot(node, "virsh", "-q", "-c", SYSTEM, "list", "--name").lines();
    }

    void end(String name) {
        box.asRoot(node, "virsh", "-q", "-c", SYSTEM, "destroy", name).ok();
    }
}
