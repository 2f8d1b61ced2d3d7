package io.anemone.agent.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.vm.GuestFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The agent inside a guest, where one answers (https://qemu.readthedocs.io/en/latest/interop/qemu-ga-ref.html). The
 * guest is root there and may answer anything: every answer is bounded, and what is not as expected is no answer. Each
 * call may block for some seconds.
 */
public final class GuestAgent {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Flushing a file system may take its time; longer than this, no guest should stand still. */
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(15);

    private static final int MAX_INTERFACES = 64;

    private final Hypervisor hypervisor;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(64 * 1024)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .build();

    public GuestAgent(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    /** What a guest's cards have carried since it started, by the guest's own word. */
    public record Traffic(long receivedBytes, long sentBytes) {}

    /** Everything that one look tells. */
    public record Look(GuestFacts facts, @Nullable Traffic traffic) {}

    /** Whether one answers. */
    public boolean answers(DomainId id) {
        return ask(id, "guest-ping", LIMIT).isPresent();
    }

    /** What the guest says of itself; empty when no agent answers. */
    public Optional<Look> look(DomainId id) {
        if (!answers(id)) {
            return Optional.empty();
        }
        JsonNode system = ask(id, "guest-get-osinfo", LIMIT).orElse(json.missingNode());
        JsonNode cards = ask(id, "guest-network-get-interfaces", LIMIT).orElse(json.missingNode());
        String host = ask(id, "guest-get-host-name", LIMIT)
                .map(answer -> text(answer, "host-name"))
                .orElse(null);
        GuestFacts facts = new GuestFacts(
                host,
                text(system, "pretty-name"),
                text(system, "kernel-release"),
                addresses(cards),
                ask(id, "guest-get-users", LIMIT).map(GuestAgent::users).orElse(List.of()));
        return Optional.of(new Look(facts, traffic(cards)));
    }

    /**
     * Has the guest write out what it has not yet written and hold its file systems still, until {@link #thaw}: whoever
     * calls this thaws, whatever happens.
     *
     * @return how many file systems stand still; empty if no agent did it. Then thaw all the same: it may have been late
     */
    public OptionalInt freeze(DomainId id) {
        return number(ask(id, "guest-fsfreeze-freeze", FREEZE_LIMIT));
    }

    /** Lets the guest's file systems go on. Harmless when none stands still. @return whether its agent confirmed it */
    public boolean thaw(DomainId id) {
        return number(ask(id, "guest-fsfreeze-thaw", FREEZE_LIMIT)).isPresent();
    }

    private static OptionalInt number(Optional<JsonNode> answer) {
        return answer.filter(JsonNode::isInt)
                .map(count -> OptionalInt.of(count.asInt()))
                .orElse(OptionalInt.empty());
    }

    private Optional<JsonNode> ask(DomainId id, String command, Duration limit) {
        String question = json.createObjectNode().put("execute", command).toString();
        return hypervisor.askGuest(id, question, limit).flatMap(this::result);
    }

    private Optional<JsonNode> result(String answer) {
        try {
            return Optional.ofNullable(json.readTree(answer).get("return"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> addresses(JsonNode cards) {
        List<String> found = new ArrayList<>();
        for (JsonNode card : some(cards)) {
            for (JsonNode each : some(card.path("ip-addresses"))) {
                String address = text(each, "ip-address");
                if (address != null && !local(address) && found.size() < GuestFacts.MAX_ADDRESSES) {
                    found.add(address);
                }
            }
        }
        return found;
    }

    /** Nobody reaches a guest by these. */
    private static boolean local(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.startsWith("fe80:");
    }

    private static List<String> users(JsonNode sessions) {
        return some(sessions).stream()
                .map(session -> text(session, "user"))
                .filter(user -> user != null)
                .distinct()
                .limit(GuestFacts.MAX_USERS)
                .toList();
    }

    private static @Nullable Traffic traffic(JsonNode cards) {
        long received = 0;
        long sent = 0;
        boolean told = false;
        for (JsonNode card : some(cards)) {
            JsonNode counters = card.path("statistics");
            JsonNode in = counters.path("rx-bytes");
            JsonNode out = counters.path("tx-bytes");
            if (!"lo".equals(text(card, "name")) && in.canConvertToLong() && out.canConvertToLong()) {
                told = true;
                received += Math.max(0, in.asLong());
                sent += Math.max(0, out.asLong());
            }
        }
        return told && received >= 0 && sent >= 0 ? new Traffic(received, sent) : null;
    }

    private static List<JsonNode> some(JsonNode list) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : list) {
            if (items.size() == MAX_INTERFACES) {
                break;
            }
            items.add(item);
        }
        return items;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
