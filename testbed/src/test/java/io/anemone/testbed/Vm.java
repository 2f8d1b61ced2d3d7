package io.anemone.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A VM as the API told of it. */
record Vm(JsonNode json) {

    private static final Set<String> OVER = Set.of("STOPPED", "FAILED");

    String id() {
        return json.path("id").asText();
    }

    String name() {
        return json.path("name").asText();
    }

    String phase() {
        return json.path("phase").asText();
    }

    boolean over() {
        return OVER.contains(phase());
    }

    String reason() {
        return json.path("reason").asText("");
    }

    String message() {
        return json.path("message").asText("");
    }

    int attempt() {
        return json.path("attempt").asInt();
    }

    String leaseId() {
        return json.path("lease").path("id").asText("");
    }

    String jobId() {
        return json.path("lease").path("jobId").asText("");
    }

    String node() {
        return json.path("lease").path("node").asText("");
    }

    String sshHost() {
        return json.path("ssh").path("host").asText();
    }

    String sshPort() {
        return json.path("ssh").path("port").asText();
    }

    String sshUser() {
        return json.path("ssh").path("user").asText();
    }

    static List<Vm> listOf(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(Vm::new)
                .toList();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
