package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Place;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/** Processors: what the guest sees of them, and which of the node's they are. */
final class CpuXml {

    /** The length of a period in which a share of a processor is given out, in µs: libvirt's and the kernel's default. */
    private static final int PERIOD = 100_000;

    private final Markup markup;
    private final DomainSpec spec;

    CpuXml(Markup markup, DomainSpec spec) {
        this.markup = markup;
        this.spec = spec;
    }

    void write(String type) throws XMLStreamException {
        markup.element("vcpu", Integer.toString(spec.size().vcpus()), "placement", "static");
        tuning();
        memory();
        model(type);
    }

    private void model(String type) throws XMLStreamException {
        switch (type) {
            case "kvm" -> model("host-passthrough", "none");
            // All that TCG can do: a guest built for x86-64-v2 would not start on the default model.
            case "qemu" -> model("maximum", "none");
            default -> {}
        }
    }

    /** One socket: guests' licences and schedulers make a difference between sockets that is not there. */
    private void model(String mode, String check) throws XMLStreamException {
        markup.start("cpu", "mode", mode, "check", check);
        String cores = Integer.toString(spec.size().vcpus());
        markup.empty("topology", "sockets", "1", "dies", "1", "cores", cores, "threads", "1");
        markup.end();
    }

    private void tuning() throws XMLStreamException {
        Place place = spec.machine().place();
        boolean shared = place.cpuPercent() < 100;
        if (place.cpus().isEmpty() && !shared) {
            return;
        }
        markup.start("cputune");
        if (shared) {
            markup.element("period", Integer.toString(PERIOD));
            markup.element("quota", Integer.toString(PERIOD / 100 * place.cpuPercent()));
        }
        if (!place.cpus().isEmpty()) {
            pins(place.cpus());
        }
        markup.end();
    }

    /** One processor for each of the guest's, as far as there are as many. QEMU's other threads may use all of them. */
    private void pins(List<Integer> cpus) throws XMLStreamException {
        String all = cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
        int vcpus = spec.size().vcpus();
        for (int i = 0; i < vcpus; i++) {
            String cpuset = cpus.size() >= vcpus ? Integer.toString(cpus.get(i)) : all;
            markup.empty("vcpupin", "vcpu", Integer.toString(i), "cpuset", cpuset);
        }
        markup.empty("emulatorpin", "cpuset", all);
    }

    /** Preferred, not strict: a guest with some memory that is far off is better than one that the kernel kills. */
    private void memory() throws XMLStreamException {
        Integer node = spec.machine().place().numaNode();
        if (node != null) {
            markup.start("numatune");
            markup.empty("memory", "mode", "preferred", "nodeset", Integer.toString(node));
            markup.end();
        }
    }
}
