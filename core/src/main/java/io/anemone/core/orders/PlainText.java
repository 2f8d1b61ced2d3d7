package io.anemone.core.orders;

import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes words from an agent. It runs as a user, so what it says is shown to others only as bounded plain text. */
public final class PlainText {

    private static final int MAX = 500;
    private static final int MAX_BRIEF = 100;
    private static final int MAX_PORTS = 32;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?");

    private PlainText() {}

    public static String of(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return plain.length() <= MAX ? plain : plain.substring(0, MAX) + "…";
    }

    public static List<String> of(List<String> texts) {
        return texts.stream().map(PlainText::of).toList();
    }

    /** Short ones: a name, an address, a release. */
    public static GuestFacts of(GuestFacts said) {
        return new GuestFacts(
                brief(said.hostname()),
                brief(said.os()),
                brief(said.kernel()),
                said.addresses().stream().map(PlainText::of).map(PlainText::cut).toList(),
                said.users().stream().map(PlainText::of).map(PlainText::cut).toList());
    }

    private static @Nullable String brief(@Nullable String text) {
        return text == null ? null : cut(of(text));
    }

    private static String cut(String text) {
        return text.length() <= MAX_BRIEF ? text : text.substring(0, MAX_BRIEF) + "…";
    }

    /** Without what cannot be dialled. */
    static List<PublishedPort> ports(List<PublishedPort> said) {
        return said.stream()
                .filter(port -> endpoint(new SshEndpoint(port.host(), port.port())) != null)
                .filter(port -> port.guest() >= 1 && port.guest() <= 65_535)
                .limit(MAX_PORTS)
                .toList();
    }

    /** Null for what cannot be an address: people and programs will dial it. */
    public static @Nullable SshEndpoint endpoint(@Nullable SshEndpoint said) {
        boolean dialable =
                said != null && HOST.matcher(said.host()).matches() && said.port() >= 1 && said.port() <= 65_535;
        return dialable ? said : null;
    }
}
