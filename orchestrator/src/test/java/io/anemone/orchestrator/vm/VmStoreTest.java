package io.anemone.orchestrator.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class VmStoreTest {

    @Inject
    VmStore vms;

    @Inject
    VmQuery query;

    @Inject
    VmService service;

    @Inject
    HistoryStore history;

    @Inject
    Changes changes;

    @Inject
    EntityManager entities;

    /** Waits in a pool that has no leases: the loop leaves it alone. */
    private static VmSpec spec(String owner) {
        return new VmSpec(
                "web",
                owner,
                "physics",
                LaunchPath.STATIC,
                "micro",
                new VmSize(2, 512),
                Duration.ofMinutes(90),
                null,
                "default",
                List.of("ssh-ed25519 AAAA ada@laptop", "ssh-rsa BBBB"),
                "#cloud-config\nwords: ['\"', \\, é]",
                Map.of("tier", "front \"end\"", "x/y", "{}"),
                GuestOptions.DEFAULT
                        .with(new Storage(
                                20,
                                List.of(10),
                                List.of(),
                                List.of(new Storage.Share("/home/a", "home", true, "/home"))))
                        .with(new ReadinessProbe(ReadinessProbe.Kind.NONE, Duration.ofSeconds(90))));
    }

    private static Optional<IdempotencyKey> key(String key, int body) {
        return Optional.of(new IdempotencyKey(key, new byte[] {(byte) body}));
    }

    @Test
    void createdVm_isReadBackAsItWasAskedFor() {
        // When
        VmId id = vms.create(spec("vs-ada"), Optional.empty(), "vs-ada");

        // Then
        VmRecord vm = query.find(id).orElseThrow();
        assertThat(vm.spec()).isEqualTo(spec("vs-ada"));
        assertThat(vm.goal()).isEqualTo(Goal.RUN);
        assertThat(vm.state()).isEqualTo(new VmState.Pending(1, vm.times().createdAt()));
        assertThat(vm.message()).contains("pool default");
        assertThat(history.ofVm(id)).singleElement().satisfies(event -> {
            assertThat(event.to()).isEqualTo("PENDING");
            assertThat(event.actor()).isEqualTo("vs-ada");
        });
    }

    /** After a crash a sequence goes on after the last number that is in a committed transaction. */
    @Test
    void databaseForgetsNumbersThatNobodyHasUsed_noEventGetsANumberTwice() {
        // Given
        vms.create(spec("vs-crash"), Optional.empty(), "vs-crash");
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "select setval('event_seq', (select max(id) from event))", Long.class)
                        .getSingleResult());

        // When
        List<VmId> more = IntStream.range(0, 60)
                .mapToObj(i -> vms.create(spec("vs-crash"), Optional.empty(), "vs-crash"))
                .toList();

        // Then
        assertThat(more).allSatisfy(id -> assertThat(history.ofVm(id)).hasSize(1));
    }

    @Test
    void sameKeySameRequest_isTheSameVm_andOtherRequestIsAConflict() {
        // Given
        VmId first = vms.create(spec("vs-bob"), key("k", 1), "vs-bob");

        // Then
        assertThat(vms.create(spec("vs-bob"), key("k", 1), "vs-bob")).isEqualTo(first);
        assertThatThrownBy(() -> vms.create(spec("vs-bob"), key("k", 2), "vs-bob"))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT));
        assertThat(vms.create(spec("vs-carl"), key("k", 2), "vs-carl")).isNotEqualTo(first);
    }

    @Test
    void sameKeyManyTimesAtOnce_isOneVm() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // When
            var made = threads.invokeAll(IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<VmId>) () -> vms.create(spec("vs-dan"), key("k", 1), "vs-dan"))
                    .toList());

            // Then
            VmId first = made.getFirst().get();
            for (var vm : made) {
                assertThat(vm.get()).isEqualTo(first);
            }
        }
        assertThat(query.list(new VmFilter("vs-dan", null, null, false, null, 100)))
                .hasSize(1);
    }

    @Test
    void pages_giveEachVmOnce_newestFirst() {
        // Given
        List<VmId> made = IntStream.range(0, 5)
                .mapToObj(i -> vms.create(spec("vs-eve"), Optional.empty(), "vs-eve"))
                .toList();

        // When
        List<VmRecord> first = query.list(new VmFilter("vs-eve", null, null, false, null, 3));
        VmRecord last = first.getLast();
        List<VmRecord> second = query.list(new VmFilter(
                "vs-eve", null, null, false, new VmFilter.Position(last.times().createdAt(), last.id()), 3));

        // Then
        assertThat(first).hasSize(3);
        assertThat(second).hasSize(2);
        assertThat(Stream.concat(first.stream(), second.stream()).map(VmRecord::id))
                .containsExactlyElementsOf(made.reversed());
    }

    @Test
    void filters_narrowTheList() {
        // Given
        VmId live = vms.create(spec("vs-fay"), Optional.empty(), "vs-fay");
        VmId over = vms.create(spec("vs-fay"), Optional.empty(), "vs-fay");
        service.terminate(over, "vs-fay", StopReason.USER);

        // Then
        assertThat(query.list(new VmFilter("vs-fay", null, null, true, null, 9)).stream()
                        .map(VmRecord::id))
                .containsExactly(live);
        assertThat(query.list(new VmFilter("vs-fay", Phase.STOPPED, LaunchPath.STATIC, false, null, 9)).stream()
                        .map(VmRecord::id))
                .containsExactly(over);
        assertThat(query.list(new VmFilter("vs-fay", null, LaunchPath.DIRECT, false, null, 9)))
                .isEmpty();
    }

    @Test
    void terminatedVm_isOverForGood_andSaysWhoEndedIt() {
        // Given
        VmId id = vms.create(spec("vs-gil"), Optional.empty(), "vs-gil");

        // When
        service.terminate(id, "vs-olga", StopReason.OPERATOR);
        service.terminate(id, "vs-gil", StopReason.USER);

        // Then
        VmRecord vm = query.find(id).orElseThrow();
        assertThat(vm.goal()).isEqualTo(Goal.TERMINATE);
        assertThat(vm.reason()).isEqualTo("OPERATOR");
        assertThat(vm.message()).isEqualTo("An operator ended it.");
        assertThat(vm.times().endedAt()).isNotNull();
        assertThat(history.ofVm(id).getLast().actor()).isEqualTo("vs-olga");
    }

    @Test
    void changes_areToldAfterTheCommitAndOnlyThen() {
        // Given
        CopyOnWriteArrayList<Change> told = new CopyOnWriteArrayList<>();
        try (Changes.Subscription subscription = changes.subscribe(told::add)) {
            // When
            QuarkusTransaction.begin();
            VmId rolledBack = vms.create(spec("vs-hal"), Optional.empty(), "vs-hal");
            QuarkusTransaction.rollback();
            QuarkusTransaction.begin();
            VmId committed = vms.create(spec("vs-hal"), Optional.empty(), "vs-hal");
            assertThat(told).doesNotContain(new Change.Vm(committed));
            QuarkusTransaction.commit();

            // Then
            assertThat(told).contains(new Change.Vm(committed)).doesNotContain(new Change.Vm(rolledBack));
        }
        assertThat(query.list(new VmFilter("vs-hal", null, null, false, null, 9)))
                .hasSize(1);
    }
}
