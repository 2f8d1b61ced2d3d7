package io.anemone.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.breaker.BreakerLimits;
import io.anemone.core.lease.LeaseLimits;
import io.anemone.core.plan.PlannerLimits;
import io.anemone.core.vm.VmLimits;
import io.anemone.orchestrator.breaker.BreakerConfig;
import io.anemone.orchestrator.effect.EffectConfig;
import io.anemone.orchestrator.lease.AgentConfig;
import io.anemone.orchestrator.lease.LeaseConfig;
import io.anemone.orchestrator.vm.VmConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Defaults and names of what the kernel is set up with. */
class SettingsTest {

    private static <T> T mapped(Class<T> type, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(type)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(type);
    }

    @Test
    void limits_areTheCoresOwn() {
        assertThat(mapped(VmConfig.class, Map.of()).limits()).isEqualTo(VmLimits.DEFAULT);
        assertThat(mapped(LeaseConfig.class, Map.of()).limits()).isEqualTo(LeaseLimits.DEFAULT);
    }

    @Test
    void vmAndLeaseLimits_names() {
        assertThat(mapped(
                                VmConfig.class,
                                Map.of(
                                        "anemone.vm.start-timeout", "PT1S",
                                        "anemone.vm.stop-timeout", "PT2S",
                                        "anemone.vm.suspend-timeout", "PT4S",
                                        "anemone.vm.attempts", "7",
                                        "anemone.vm.retry-delay", "PT3S"))
                        .limits())
                .isEqualTo(new VmLimits(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), 7, Duration.ofSeconds(3)));
        assertThat(mapped(
                                LeaseConfig.class,
                                Map.of(
                                        "anemone.lease.submit-timeout", "PT1S",
                                        "anemone.lease.start-timeout", "PT2S",
                                        "anemone.lease.release-timeout", "PT3S"))
                        .limits())
                .isEqualTo(new LeaseLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }

    @Test
    void agent_defaultsAndNames() {
        AgentConfig defaults = mapped(AgentConfig.class, Map.of());
        assertThat(defaults.command()).isEqualTo("/opt/anemone/bin/anemone-agent");
        assertThat(defaults.tokenKeyFile()).isEqualTo(Path.of("/etc/anemone/agent-token.key"));
        assertThat(defaults.overheadMiB()).isEqualTo(128);
        assertThat(defaults.stopGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.shutdownGrace()).isEqualTo(Duration.ofSeconds(45));
        assertThat(defaults.silence()).isEqualTo(Duration.ofSeconds(15));

        AgentConfig set = mapped(
                AgentConfig.class,
                Map.of(
                        "anemone.agent.command", "/a",
                        "anemone.agent.token-key-file", "/k",
                        "anemone.agent.memory-overhead", "1G",
                        "anemone.agent.stop-grace", "PT9S",
                        "anemone.agent.silence", "PT8S"));
        assertThat(set.command()).isEqualTo("/a");
        assertThat(set.tokenKeyFile()).isEqualTo(Path.of("/k"));
        assertThat(set.overheadMiB()).isEqualTo(1024);
        assertThat(set.stopGrace()).isEqualTo(Duration.ofSeconds(9));
        assertThat(set.silence()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void effects_defaultsAndNames() {
        EffectConfig defaults = mapped(EffectConfig.class, Map.of());
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.claim()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.firstRetry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.lastRetry()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.parallel()).isEqualTo(16);

        EffectConfig set = mapped(
                EffectConfig.class,
                Map.of(
                        "anemone.effects.interval", "PT2S",
                        "anemone.effects.claim", "PT3S",
                        "anemone.effects.first-retry", "PT4S",
                        "anemone.effects.last-retry", "PT5S",
                        "anemone.effects.parallel", "6"));
        assertThat(set.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(set.claim()).isEqualTo(Duration.ofSeconds(3));
        assertThat(set.firstRetry()).isEqualTo(Duration.ofSeconds(4));
        assertThat(set.lastRetry()).isEqualTo(Duration.ofSeconds(5));
        assertThat(set.parallel()).isEqualTo(6);
    }

    @Test
    void breakers_defaultsAndNames() {
        assertThat(mapped(BreakerConfig.class, Map.of()).limits()).isEqualTo(BreakerLimits.DEFAULT);

        BreakerConfig set = mapped(
                BreakerConfig.class,
                Map.of(
                        "anemone.breakers.failures", "5",
                        "anemone.breakers.pause", "PT3S",
                        "anemone.breakers.longest", "PT4S"));
        assertThat(set.limits()).isEqualTo(new BreakerLimits(5, Duration.ofSeconds(3), Duration.ofSeconds(4)));
    }

    @Test
    void reconcile_defaultsAndNames() {
        ReconcileConfig defaults = mapped(ReconcileConfig.class, Map.of());
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.coalesce()).isEqualTo(Duration.ofMillis(5));
        assertThat(defaults.observe()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.observeWaiting()).isEqualTo(Duration.ofMillis(250));
        assertThat(defaults.stale()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.limits())
                .isEqualTo(new PlannerLimits("anemone", Duration.ofHours(1), Duration.ofSeconds(30)));

        ReconcileConfig set = mapped(
                ReconcileConfig.class,
                Map.of(
                        "anemone.reconcile.interval", "PT2S",
                        "anemone.reconcile.coalesce", "PT3S",
                        "anemone.reconcile.observe", "PT4S",
                        "anemone.reconcile.observe-waiting", "PT5S",
                        "anemone.reconcile.stale", "PT6S",
                        "anemone.slurm.service-user", "hpc",
                        "anemone.reconcile.default-walltime", "PT7S",
                        "anemone.reconcile.pool-retry", "PT8S"));
        assertThat(set.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(set.coalesce()).isEqualTo(Duration.ofSeconds(3));
        assertThat(set.observe()).isEqualTo(Duration.ofSeconds(4));
        assertThat(set.observeWaiting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(set.stale()).isEqualTo(Duration.ofSeconds(6));
        assertThat(set.limits()).isEqualTo(new PlannerLimits("hpc", Duration.ofSeconds(7), Duration.ofSeconds(8)));
    }
}
