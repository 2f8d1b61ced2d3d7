package io.anemone.agent.cache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An agent's use of the cache in a process of its own. Arguments: the node's directory, the content's file, its digest, a
 * file that tells of each time that the content is opened, bytes a second, and the names of the VMs that want it.
 * Writes a line for each VM: its name, and how the content came.
 */
final class CacheProcess {

    private CacheProcess() {}

    public static void main(String[] args) throws Exception {
        Path node = Path.of(args[0]);
        Path content = Path.of(args[1]);
        Blob blob = new Blob(args[2], Files.size(content));
        ImageSource source = slow(new FileSource(content), Path.of(args[3]), Long.parseLong(args[4]));
        NodeCache cache = new NodeCache(
                node, List.of("root"), new CacheLimits(10L << 30, 0, Duration.ofHours(1), Duration.ofSeconds(10)));
        List<Future<String>> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 5; i < args.length; i++) {
                String vm = args[i];
                told.add(threads.submit(() -> {
                    long begun = System.nanoTime();
                    Path job = Files.createDirectory(node.resolve("job-" + vm));
                    Held held = cache.hold(blob, new Shelf.Open(), source, job.resolve("image"), CopyWatch.NONE);
                    boolean whole = Digest.matches(held.path(), blob);
                    return vm + " " + held.origin() + " " + whole + " " + (System.nanoTime() - begun) / 1_000_000;
                }));
            }
        }
        for (Future<String> each : told) {
            System.out.println(each.get());
        }
    }

    /** Each opening is one line, written at once and whole. */
    private static ImageSource slow(ImageSource source, Path log, long rate) {
        return new ImageSource() {
            @Override
            public InputStream open(Blob blob, long offset) throws IOException {
                String line = ProcessHandle.current().pid() + " " + offset + "\n";
                Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return new FilterInputStream(source.open(blob, offset)) {
                    @Override
                    public int read(byte[] bytes, int from, int count) throws IOException {
                        int read = super.read(bytes, from, Math.min(count, 64 * 1024));
                        try {
                            Thread.sleep(Math.max(0, read) * 1000L / rate);
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        return read;
                    }
                };
            }

            @Override
            public String name() {
                return source.name();
            }
        };
    }
}
