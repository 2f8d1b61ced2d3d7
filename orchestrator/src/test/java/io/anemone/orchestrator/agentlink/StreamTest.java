package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.StreamKind;
import io.anemone.core.wire.StreamOrder;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.Orchestrators;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may connect to a guest, how the two ends find each other, and when they are parted. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected, or before each
class StreamTest {

    private static final int TOMORROW = -86_400;
    private static final int PIECES = 2048;
    private static final int PIECE = StreamHello.MAX_MESSAGE_BYTES;

    @Inject
    World world;

    @Inject
    Orchestrators orchestrators;

    private VmId vm;
    private LeaseRecord lease;
    private TestAgent agent;

    @BeforeEach
    void vmRuns() {
        world.clearsTheNodes();
        vm = world.asksForScheduledVm("alice");
        lease = world.leaseOf(vm);
        agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
        agent.toRun(vm);
        agent.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
    }

    @AfterEach
    void jobEnds() {
        agent.close();
        orchestrators.allDie();
        world.clearsTheNodes();
    }

    private String path(String rest) {
        return "/api/v1/vms/" + vm + rest;
    }

    private TestStream opens(String account, String rest) {
        return TestStream.byToken(world.site, path(rest), Api.token(account));
    }

    private ValidatableResponse asksForTicket(String account, String kind) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .body(Map.of("kind", kind))
                .post("/vms/" + vm + "/tickets")
                .then();
    }

    private String ticket(String kind) {
        return asksForTicket("alice", kind).statusCode(201).extract().path("ticket");
    }

    private TestStream opensBy(String ticket, String rest) {
        return TestStream.byTicket(world.site, path(rest), ticket, Map.of());
    }

    private long openStreams() {
        return orchestrators.count("select count(*) from stream where vm_id = '" + vm + "'");
    }

    @Test
    void owner_isConnectedToTheGuest_andBytesGoBothWays() throws Exception {
        try (TestStream person = opens("alice", "/ssh")) {
            // When
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                guest.says("SSH-2.0-guest");
                person.says("SSH-2.0-person");

                // Then
                assertThat(person.hears("SSH-2.0-guest")).isEqualTo("SSH-2.0-guest");
                assertThat(guest.hears("SSH-2.0-person")).isEqualTo("SSH-2.0-person");
                person.end();
                assertThat(guest.text()).isEqualTo(StreamHello.END);
                guest.says("last words");
                assertThat(person.hears("last words")).isEqualTo("last words");

                // And when
                person.hangUp();

                // Then
                assertThat(guest.closed().code()).isEqualTo(1000);
                await().atMost(World.PATIENCE).until(() -> openStreams() == 0);
            }
        }
    }

    @Test
    void operator_mayConnectToAnothersGuest_andAStrangerFindsNone() {
        try (TestStream operator = opens("olga", "/console/serial")) {
            agent.toBring(vm, StreamKind.SERIAL);
            assertThat(operator.open()).isTrue();
        }
        assertThat(TestStream.refusal(() -> opens("bob", "/ssh"))).isEqualTo(404);
        asksForTicket("bob", "ssh").statusCode(404);
        assertThat(TestStream.refusal(() -> TestStream.byToken(world.site, path("/ssh"), "made-up")))
                .isEqualTo(401);
    }

    @Test
    void ticket_opensItsStreamOnce() {
        // Given
        String ticket = ticket("vnc");

        // When
        try (TestStream person = opensBy(ticket, "/console/vnc")) {

            // Then
            assertThat(person.subprotocol()).isEqualTo("anemone.v1");
            agent.toBring(vm, StreamKind.VNC);
            assertThat(TestStream.refusal(() -> opensBy(ticket, "/console/vnc")))
                    .isEqualTo(401);
        }
    }

    @Test
    void ticket_isForOneKindAndVm_andAWrongUseUsesItUp() {
        // Given
        VmId other = world.asksForScheduledVm("alice");
        String ticket = ticket("serial");
        String another = ticket("serial");

        // When, Then
        assertThat(TestStream.refusal(() -> opensBy(ticket, "/ssh"))).isEqualTo(401);
        assertThat(TestStream.refusal(() -> opensBy(ticket, "/console/serial"))).isEqualTo(401);
        assertThat(TestStream.refusal(() ->
                        TestStream.byTicket(world.site, "/api/v1/vms/" + other + "/console/serial", another, Map.of())))
                .isEqualTo(401);
        assertThat(TestStream.refusal(() -> opensBy("", "/console/serial"))).isEqualTo(401);
        assertThat(TestStream.refusal(() -> opensBy("x".repeat(200), "/console/serial")))
                .isEqualTo(401);
    }

    @Test
    void oldTicket_isRefused() {
        // Given
        String ticket = ticket("serial");
        orchestrators.execute("update ticket set expires_at = now() - interval '1 second'");

        // When, Then
        assertThat(TestStream.refusal(() -> opensBy(ticket, "/console/serial"))).isEqualTo(401);
    }

    @Test
    void pageOfAnotherSite_isRefusedEvenWithATicket() {
        assertThat(TestStream.refusal(() -> TestStream.byTicket(
                        world.site,
                        path("/console/serial"),
                        ticket("serial"),
                        Map.of("Origin", "http://evil.example"))))
                .isEqualTo(403);
        try (TestStream person = TestStream.byTicket(
                world.site,
                path("/console/serial"),
                ticket("serial"),
                Map.of("Origin", "http://" + world.site.getAuthority()))) {
            assertThat(person.open()).isTrue();
        }
    }

    @Test
    void cookieAlone_opensNothing() {
        Map<String, String> cookie = Map.of("Cookie", "anemone_session=" + Api.token("alice"));
        assertThat(TestStream.refusal(() -> TestStream.byTicket(world.site, path("/ssh"), "none", cookie)))
                .isEqualTo(401);
    }

    @Test
    void wrongKindOrVmThatIsOver_isSaidBeforeATicketIsGiven() {
        asksForTicket("alice", "telnet").statusCode(400);
        agent.reportsEnd(vm, 1, StopReason.GUEST, "off");
        world.vmBecomes(vm, Phase.STOPPED);
        asksForTicket("alice", "serial").statusCode(409);
        assertThat(TestStream.refusal(() -> opens("alice", "/ssh"))).isEqualTo(409);
    }

    @Test
    void guestThatCannotBeReached_isSaid() {
        try (TestStream person = opens("alice", "/ssh")) {
            // When
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            TestStream.brought(world.site, order, "The guest's ssh port does not answer on its node.");

            // Then
            assertThat(person.closed())
                    .isEqualTo(new TestStream.Closed(4502, "The guest's ssh port does not answer on its node."));
        }
    }

    @Test
    void agentThatDoesNotCome_isNotWaitedForLong() {
        try (TestStream person = opens("alice", "/ssh")) {
            assertThat(person.closed().code()).isEqualTo(4503);
        }
        await().atMost(World.PATIENCE).until(() -> openStreams() == 0);
    }

    @Test
    void whoeverGuessesAtAStream_isSentAway_andTheRightOneIsStillWaitedFor() throws Exception {
        try (TestStream person = opens("alice", "/ssh")) {
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            StreamOrder forged = new StreamOrder(order.stream(), vm, 1, StreamKind.SSH, order.url(), "guess");

            // When
            try (TestStream mallory = TestStream.brought(world.site, forged, null)) {
                assertThat(mallory.closed().code()).isEqualTo(1000);
            }

            // Then
            try (TestStream guest = TestStream.brought(world.site, order, null);
                    TestStream late = TestStream.brought(world.site, order, null)) {
                guest.says("hello");
                assertThat(person.hears("hello")).isEqualTo("hello");
                assertThat(late.closed().code()).as("a token is good once").isEqualTo(1000);
            }
        }
    }

    @Test
    void vmThatEnds_endsItsStreams() {
        try (TestStream person = opens("alice", "/console/serial")) {
            StreamOrder order = agent.toBring(vm, StreamKind.SERIAL);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                // When
                agent.reportsEnd(vm, 1, StopReason.GUEST, "off");

                // Then
                assertThat(person.closed().code()).isEqualTo(4410);
                assertThat(guest.closed().code()).isEqualTo(4410);
            }
        }
    }

    @Test
    void logOut_endsTheStreamsOfThatLogIn() {
        // Given
        String token = Api.newToken("alice");
        try (TestStream person = TestStream.byToken(world.site, path("/ssh"), token)) {
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                // When
                Api.anonymous()
                        .header("Authorization", "Bearer " + token)
                        .post("/logout")
                        .then()
                        .statusCode(204);

                // Then
                assertThat(person.closed().code()).isEqualTo(4401);
                assertThat(guest.closed().code()).isEqualTo(4401);
            }
        }
    }

    @Test
    void textThatIsNotOfTheProtocol_endsTheStream() {
        try (TestStream person = opens("alice", "/ssh")) {
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                person.sendText("what is this?");
                assertThat(person.closed().code()).isEqualTo(1003);
                assertThat(guest.closed().code()).isEqualTo(1003);
            }
        }
    }

    @Test
    void moreThanOneVmMayHave_areRefused() {
        List<TestStream> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                opened.add(opens("alice", "/ssh"));
            }
            assertThat(TestStream.refusal(() -> opens("alice", "/ssh"))).isEqualTo(429);
        } finally {
            opened.forEach(TestStream::close);
        }
    }

    @Test
    void readerThatStops_stopsTheWriter_andNothingIsLost() throws Exception {
        // Given
        byte[] piece = new byte[PIECE];
        new Random(7).nextBytes(piece);
        AtomicInteger sent = new AtomicInteger();
        try (TestStream person = opens("alice", "/ssh")) {
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                person.stopReading();
                CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < PIECES; i++) {
                        guest.send(piece).join();
                        sent.incrementAndGet();
                    }
                });

                // When
                await().atMost(World.PATIENCE).until(() -> {
                    int before = sent.get();
                    Thread.sleep(700);
                    return before > 0 && before == sent.get();
                });

                // Then
                assertThat(sent.get()).isLessThan(PIECES / 2);
                Thread.sleep(2500);
                assertThat(person.open())
                        .as("who does not read is not taken for dead")
                        .isTrue();
                person.readAgain();
                for (int i = 0; i < PIECES; i++) {
                    assertThat(person.hears(PIECE)).isEqualTo(piece);
                }
                writer.join();
            }
        }
    }

    @Test
    void personAtAnotherOrchestrator_isBroughtTheGuestByTheAgentThatIsHere() {
        // Given
        UUID elsewhere = orchestrators.another(TOMORROW);
        UUID stream = UUID.randomUUID();

        // When
        orchestrators.execute("""
                insert into stream (id, vm_id, attempt, lease_id, kind, account, orchestrator, url, waiting, opened_at)
                values ('%s', '%s', 1, '%s', 'SSH', 'alice', '%s', 'http://elsewhere:8080', true, now())""".formatted(stream, vm, lease.id(), elsewhere));

        // Then
        StreamOrder order = agent.toBring(vm, StreamKind.SSH);
        assertThat(order.stream()).isEqualTo(stream);
        assertThat(order.url()).isEqualTo("http://elsewhere:8080");

        // And when
        orchestrators.execute("delete from orchestrator where id = '" + elsewhere + "'");

        // Then
        assertThat(openStreams()).isZero();
    }

    @Test
    void jobThatIsGone_endsTheStreams() {
        try (TestStream person = opens("alice", "/ssh")) {
            StreamOrder order = agent.toBring(vm, StreamKind.SSH);
            try (TestStream guest = TestStream.brought(world.site, order, null)) {
                // When
                world.scheduler.end(world.jobOf(lease).id(), JobState.NODE_FAIL, 1);

                // Then
                assertThat(person.closed().code()).isEqualTo(4410);
                assertThat(guest.closed().code()).isEqualTo(4410);
            }
        }
    }
}
