package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VmShowTest extends CommandTest {

    @BeforeEach
    void history() {
        site.answers("/vms/" + Vms.idOf("web") + "/events", """
                {"items": [
                  {"id": 1, "at": "2026-01-01T11:59:00Z", "kind": "vm", "to": "PENDING", "note": "asked for",
                   "actor": "researcher"},
                  {"id": 2, "at": "2026-01-01T11:59:01Z", "kind": "lease", "from": "QUEUED", "to": "STARTING",
                   "note": "job 17 started on n1"}]}
                """);
    }

    @Test
    void readyVm_hasFactsTimelineAndHistory() {
        site.has(Vms.ready("web"));

        Person.Result result = person.runs("vm", "show", "web");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                VM          web (%s)
                Phase       READY
                SSH         root@10.77.0.11:22000
                Owner       researcher
                Path        scheduled
                Image       micro
                Size        1 vCPU, 512 MiB
                Walltime    1h
                Labels      course=os
                Lease       7d444840-9dc0-41d1-b245-5ffdce74fad2 ACTIVE, job 17 on n1, until 2026-01-01 13:00:00
                Attempt     1

                Timeline
                STEP         AT                   SINCE REQUEST  STEP TOOK
                requested    2026-01-01 11:59:00  -              -
                queued       2026-01-01 11:59:00  +0.1 s         +0.1 s
                job started  2026-01-01 11:59:00  +0.9 s         +0.9 s
                domain runs  2026-01-01 11:59:02  +2.0 s         +1.1 s
                ready        2026-01-01 11:59:03  +3.5 s         +1.5 s

                History
                AT                   OF     CHANGE             WHAT
                2026-01-01 11:59:00  vm     PENDING            asked for (researcher)
                2026-01-01 11:59:01  lease  QUEUED → STARTING  job 17 started on n1
                """.formatted(Vms.idOf("web")));
    }

    @Test
    void machineAndNetwork_areShownWhereTheyAreNotTheUsual() {
        ObjectNode vm = Vms.ready("web");
        vm.set("hardware", Vms.json("""
                {"firmware": "uefi", "tpm": true, "hugePages": false, "wholeNode": false, "cpuPercent": 25}"""));
        vm.set("network", Vms.json("""
                {"bridge": null, "isolated": true,
                 "ports": [{"guest": 80, "host": "10.77.0.11", "port": 22001}, {"guest": 443}]}"""));
        site.has(vm);

        assertThat(person.runs("vm", "show", "web").out())
                .contains("Hardware    uefi, TPM, 25 % of a core for each vCPU")
                .contains("Network     isolated")
                .contains("Ports       80 at 10.77.0.11:22001, 443");
    }

    @Test
    void failedVm_saysWhy() {
        site.has(Vms.failed("web", "IMAGE_MISSING_ON_NODE", "The files of image micro are not on n1."));

        String out = person.runs("vm", "show", Vms.idOf("web")).out();

        assertThat(out)
                .contains("Phase       FAILED (IMAGE_MISSING_ON_NODE): The files of image micro are not on n1.")
                .doesNotContain("SSH");
    }

    @Test
    void json_holdsVmAndEvents() {
        site.has(Vms.ready("web"));

        String out = person.runs("vm", "show", "web", "-o", "json").out();

        assertThat(Vms.json(out).path("name").asText()).isEqualTo("web");
        assertThat(Vms.json(out).path("events")).hasSize(2);
    }

    @Test
    void lateVm_saysWhatIsMissingAndShowsTheEndOfItsConsole() {
        // Given
        ObjectNode vm = Vms.ready("web").put("phase", "RUNNING");
        vm.set("readiness", Vms.json("""
                {"kind": "CLOUD_INIT", "timeoutSeconds": 60, "pattern": null, "onTimeout": "TELL", "late": true,
                 "missing": "cloud-init has not said on its console that it is done"}"""));
        vm.set("guest", Vms.json("""
                {"hostname": "web", "os": "Debian", "kernel": null, "addresses": ["10.0.2.15"], "users": ["root"]}"""));
        site.has(vm);
        site.answers(
                "/vms/" + Vms.idOf("web") + "/console-log", "first\n" + "\n".repeat(30) + "kernel panic\u001b[2J\n");

        // When
        String out = person.runs("vm", "show", "web").out();

        // Then
        assertThat(out)
                .contains("Late        not ready after 60 s: cloud-init has not said on its console that it is done")
                .contains("Readiness   cloud-init within 60 s")
                .contains("Guest       web, Debian, 10.0.2.15, logged in: root")
                .contains("End of its console")
                .contains("kernel panic")
                .doesNotContain("\u001b");
    }
}
