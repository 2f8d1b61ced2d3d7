package io.anemone.orchestrator.vm;

import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.request.RequestedVm;
import io.anemone.orchestrator.request.StrictJson;
import io.anemone.orchestrator.request.VmRequestParser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the body of a request to a VM. */
@ApplicationScoped
public class VmRequests {

    private final StrictJson json;
    private final VmRequestParser parser;
    private final VmStore store;

    VmRequests(StrictJson json, VmRequestParser parser, VmStore store) {
        this.json = json;
        this.parser = parser;
        this.store = store;
    }

    VmId create(byte[] body, @Nullable String key, Caller caller) {
        RequestedVm request = json.read(body, RequestedVm.class);
        Optional<IdempotencyKey> idempotency =
                Optional.ofNullable(key).map(text -> new IdempotencyKey(text, json.hash(request)));
        // A repeat gets its VM even if the site would refuse the request by now
        return idempotency
                .flatMap(known -> store.known(caller.name(), known))
                .orElseGet(() -> store.create(parser.parse(request, caller.name()), idempotency, caller.name()));
    }
}
