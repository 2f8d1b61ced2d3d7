package io.anemone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** VMs as the API's contract shows them. */
final class Vms {

    private Vms() {}

    static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Always the same id for a name. */
    static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A VM that was just asked for. */
    static ObjectNode named(String name) {
        ObjectNode vm = (ObjectNode) json("""
                {"owner": "researcher", "project": null, "path": "scheduled", "image": "micro",
                 "vcpus": 1, "memoryMiB": 512, "walltime": "PT1H", "partition": null, "pool": null,
                 "labels": {"course": "os"}, "goal": "RUN", "phase": "PENDING", "reason": null, "message": null,
                 "lease": null, "ssh": null, "attempt": 1, "warnings": [], "sshKeys": [],
                 "createdAt": "2026-01-01T11:59:00Z", "queuedAt": null, "jobStartedAt": null, "startedAt": null,
                 "readyAt": null, "endedAt": null, "version": 1}
                """);
        return vm.put("id", idOf(name)).put("name", name);
    }

    /** A VM that can be logged in to. */
    static ObjectNode ready(String name) {
        ObjectNode vm = named(name);
        vm.put("phase", "READY")
                .put("queuedAt", "2026-01-01T11:59:00.050Z")
                .put("jobStartedAt", "2026-01-01T11:59:00.900Z")
                .put("startedAt", "2026-01-01T11:59:02Z")
                .put("readyAt", "2026-01-01T11:59:03.500Z");
        vm.set("ssh", json("{\"host\": \"10.77.0.11\", \"port\": 22000, \"user\": \"root\"}"));
        vm.set("lease", json("""
                {"id": "7d444840-9dc0-41d1-b245-5ffdce74fad2", "phase": "ACTIVE", "jobId": "17", "node": "n1",
                 "startedAt": "2026-01-01T11:59:00.900Z", "endsAt": "2026-01-01T13:00:00Z"}
                """));
        return vm;
    }

    static ObjectNode failed(String name, String code, String message) {
        return named(name)
                .put("phase", "FAILED")
                .put("reason", code)
                .put("message", message)
                .put("endedAt", "2026-01-01T11:59:30Z");
    }
}
