package io.anemone.orchestrator.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several orchestrators that do something at the same moment: one thread, with transactions of its own, for each. */
public final class AtOnce {

    private AtOnce() {}

    /** Returns when all are done. */
    public static void run(List<Runnable> works) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(works.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Callable<Void>> tasks = works.stream()
                    .map(work -> (Callable<Void>) () -> {
                        start.await();
                        work.run();
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }
}
