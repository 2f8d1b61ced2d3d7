package io.anemone.agent.files;

import io.anemone.agent.cache.AbandonedException;
import io.anemone.agent.cache.CacheException;
import io.anemone.agent.cache.CopyWatch;
import io.anemone.core.wire.Prefetch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Brings images to the node's cache that were ordered for later: one after the other, slowly, and none twice. */
public final class Prefetcher {

    private static final System.Logger LOG = System.getLogger(Prefetcher.class.getName());

    /** After this time what is ordered is looked at again: it may have been evicted, or not come. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final ImageFiles images;
    private final long rate;
    private final String identity;
    private List<Prefetch> ordered = List.of();
    private boolean news;

    /**
     * @param rate     bytes a second
     * @param identity for messages
     */
    public Prefetcher(ImageFiles images, long rate, String identity) {
        this.images = images;
        this.rate = rate;
        this.identity = identity;
    }

    /** From now on this is wanted, and nothing else. */
    public synchronized void order(List<Prefetch> images) {
        if (!images.equals(ordered)) {
            ordered = List.copyOf(images);
            news = true;
            notifyAll();
        }
    }

    /** On a thread of its own, until it is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            for (Prefetch image : await()) {
                bring(image);
            }
        }
    }

    void bring(Prefetch image) throws InterruptedException {
        try {
            images.bring(image, rate, new CopyWatch() {
                @Override
                public void copied(long bytes) {}

                @Override
                public void waited(long bytes) {}

                @Override
                public boolean abandoned() {
                    return !isOrdered(image);
                }
            });
        } catch (CacheException e) {
            LOG.log(Level.WARNING, "image " + image.image() + " is not brought here " + identity + ": " + e.sentence());
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "image " + image.image() + " is not brought here " + identity + ": " + e.getMessage());
        } catch (AbandonedException e) {
            LOG.log(Level.DEBUG, "image " + image.image() + " is not ordered any more " + identity);
        }
    }

    private synchronized boolean isOrdered(Prefetch image) {
        return ordered.contains(image);
    }

    private synchronized List<Prefetch> await() throws InterruptedException {
        if (!news) {
            wait(AGAIN.toMillis());
        }
        news = false;
        return ordered;
    }
}
