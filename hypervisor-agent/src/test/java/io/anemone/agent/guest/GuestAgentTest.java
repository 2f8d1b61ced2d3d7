package io.anemone.agent.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.GuestFacts;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAgentTest {

    private static final Map<String, String> DEBIAN = Map.of(
            "guest-ping",
            "{}",
            "guest-get-osinfo",
            "{\"pretty-name\":\"Debian GNU/Linux 12\",\"kernel-release\":\"6.1.0-31-cloud-amd64\"}",
            "guest-get-host-name",
            "{\"host-name\":\"solver-1\"}",
            "guest-get-users",
            "[{\"user\":\"debian\",\"login-time\":1.5},{\"user\":\"debian\"},{\"user\":\"root\"}]",
            "guest-network-get-interfaces",
            "[{\"name\":\"lo\",\"ip-addresses\":[{\"ip-address\":\"127.0.0.1\"}],"
                    + "\"statistics\":{\"rx-bytes\":9,\"tx-bytes\":9}},"
                    + "{\"name\":\"ens30\",\"ip-addresses\":[{\"ip-address\":\"10.0.2.15\"},"
                    + "{\"ip-address\":\"fe80::1\"},{\"ip-address\":\"fec0::5\"}],"
                    + "\"statistics\":{\"rx-bytes\":1000,\"tx-bytes\":200}}]");

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final GuestAgent agent = new GuestAgent(hypervisor);
    private final DomainId id = Guests.id();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() {
        hypervisor.create(Guests.spec(id));
    }

    private void answers(Map<String, String> returned) {
        hypervisor.guestsAnswer(question -> {
            asked.add(question);
            String command = question.replaceAll(".*\"execute\":\"([^\"]*)\".*", "$1");
            return Optional.ofNullable(returned.get(command)).map(value -> "{\"return\":" + value + "}");
        });
    }

    @Test
    void wholeAnswer_becomesFactsWithoutLocalAddresses() {
        // Given
        answers(DEBIAN);

        // When, Then
        assertThat(agent.look(id))
                .contains(new GuestAgent.Look(
                        new GuestFacts(
                                "solver-1",
                                "Debian GNU/Linux 12",
                                "6.1.0-31-cloud-amd64",
                                List.of("10.0.2.15", "fec0::5"),
                                List.of("debian", "root")),
                        new GuestAgent.Traffic(1000, 200)));
    }

    @Test
    void noAgent_isAskedOnceAndTellsNothing() {
        // Given
        answers(Map.of());

        // When, Then
        assertThat(agent.look(id)).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void agentThatKnowsOnlyThePing_tellsThatItIsThere() {
        answers(Map.of("guest-ping", "{}"));

        assertThat(agent.look(id))
                .contains(new GuestAgent.Look(new GuestFacts(null, null, null, List.of(), List.of()), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "\"text\"",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
                "{\"pretty-name\":{\"x\":1},\"host-name\":[1],\"ip-addresses\":7}",
                "[{\"user\":7},null,[],{\"name\":\"e\",\"statistics\":{\"rx-bytes\":1e999,\"tx-bytes\":\"x\"}}]",
                "[{\"name\":\"e\",\"statistics\":{\"rx-bytes\":9223372036854775807,\"tx-bytes\":1}},"
                        + "{\"name\":\"f\",\"statistics\":{\"rx-bytes\":9223372036854775807,\"tx-bytes\":1}}]",
                "{\"return\":"
            })
    void hostileAnswer_isNoAnswerAndNoError(String hostile) {
        // Given
        hypervisor.guestsAnswer(question ->
                Optional.of(question.contains("ping") ? "{\"return\":{}}" : "{\"return\":" + hostile + "}"));

        // When, Then
        assertThat(agent.look(id)).hasValueSatisfying(look -> {
            assertThat(look.facts().hostname()).isNull();
            assertThat(look.facts().addresses()).isEmpty();
            assertThat(look.traffic()).isNull();
        });
    }

    @Test
    void endlessLists_areCut() {
        // Given
        String users = "[" + "{\"user\":\"u\"},".repeat(10_000) + "{\"user\":\"v\"}]";
        String cards = "[{\"name\":\"e\",\"ip-addresses\":[" + "{\"ip-address\":\"10.0.0.1\"},".repeat(5_000) + "{}]}]";
        answers(Map.of("guest-ping", "{}", "guest-get-users", users, "guest-network-get-interfaces", cards));

        // When, Then
        assertThat(agent.look(id)).hasValueSatisfying(look -> {
            assertThat(look.facts().users()).containsExactly("u");
            assertThat(look.facts().addresses()).hasSize(GuestFacts.MAX_ADDRESSES);
        });
    }

    @Test
    void freezeAndThaw_tellWhatTheAgentDid() {
        // Given
        answers(Map.of("guest-fsfreeze-freeze", "2", "guest-fsfreeze-thaw", "2"));

        // When, Then
        assertThat(agent.freeze(id)).hasValue(2);
        assertThat(agent.thaw(id)).isTrue();
        answers(Map.of());
        assertThat(agent.freeze(id)).isEmpty();
        assertThat(agent.thaw(id)).isFalse();
    }
}
