package io.anemone.orchestrator.events;

import io.anemone.orchestrator.identity.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;

/**
 * Somebody who reads the stream. Never waited for: what does not fit into its backlog ends its stream, and it comes
 * back and asks for everything anew.
 */
final class Reader {

    private final String token;
    private final Caller caller;
    private final UnicastProcessor<LiveEvent> queue;

    /** @param onEnd called once the stream is over for whatever reason */
    Reader(String token, Caller caller, int backlog, Consumer<Reader> onEnd) {
        this.token = token;
        this.caller = caller;
        this.queue = UnicastProcessor.create(new ArrayBlockingQueue<>(backlog), () -> onEnd.accept(this));
    }

    String token() {
        return token;
    }

    Caller caller() {
        return caller;
    }

    /** To be called by one thread only. */
    void tell(LiveEvent event) {
        queue.onNext(event);
    }

    void end() {
        queue.onComplete();
    }

    Multi<LiveEvent> events() {
        return queue;
    }
}
