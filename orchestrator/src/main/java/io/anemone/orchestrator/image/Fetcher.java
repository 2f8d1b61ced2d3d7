package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.inspection.RefusedFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens what is imported. Redirects lead nowhere that could not have been asked for, and symbolic links nowhere at all. */
@ApplicationScoped
class Fetcher {

    private static final int MAX_REDIRECTS = 5;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final ImportSources sources;
    private final Images images;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Fetcher(ImportSources sources, Images images) {
        this.sources = sources;
        this.images = images;
    }

    /**
     * A source that is open.
     *
     * @param offset the byte that it begins at: what was asked for, or 0 if the source cannot do that
     * @param bytes  of the whole file; -1 if it does not say
     */
    record Open(InputStream content, long offset, long bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** @throws RefusedFileException if nothing can come from there, whenever it is tried */
    Open open(String source, long offset) throws IOException, InterruptedException, RefusedFileException {
        Optional<InheritedFile> inherited = InheritedFile.parse(source);
        if (inherited.isPresent()) {
            return inherited(inherited.get(), offset);
        }
        return source.startsWith("/") ? file(source, offset) : url(source, offset);
    }

    private Open inherited(InheritedFile file, long offset) throws IOException, RefusedFileException {
        Path path = ImageReference.parse(file.image())
                .flatMap(image -> images.file(image, file.sha256()))
                .orElseThrow(() -> new RefusedFileException(
                        "The image " + file.image() + ", which it has its kernel from, is not there any more."));
        SeekableByteChannel content = Files.newByteChannel(path);
        long begin = Math.min(offset, content.size());
        content.position(begin);
        return new Open(Channels.newInputStream(content), begin, content.size());
    }

    private Open url(String source, long offset) throws IOException, InterruptedException, RefusedFileException {
        URI at = URI.create(source);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            if (!sources.allows(at.toString())) {
                throw new RefusedFileException("The source leads to a place that images may not be imported from.");
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(ANSWER);
            if (offset > 0) {
                request.header("Range", "bytes=" + offset + "-");
            }
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            switch (answer.statusCode()) {
                case 200 -> {
                    return new Open(answer.body(), 0, length);
                }
                case 206 -> {
                    return new Open(answer.body(), offset, length < 0 ? -1 : offset + length);
                }
                case 301, 302, 303, 307, 308 -> {
                    answer.body().close();
                    at = at.resolve(answer.headers().firstValue("Location").orElse(""));
                }
                case 500, 502, 503, 504, 429 -> {
                    answer.body().close();
                    throw new IOException("the source answers " + answer.statusCode());
                }
                default -> {
                    answer.body().close();
                    throw new RefusedFileException(
                            "The source answers " + answer.statusCode() + ": check its address.");
                }
            }
        }
        throw new RefusedFileException("The source leads from one address to the next without end.");
    }

    /** Each directory on the way is opened below the one before and without following links, so that none can be swapped. */
    private Open file(String source, long offset) throws IOException, RefusedFileException {
        Path root = sources.underAllowedDirectory(source);
        if (root == null) {
            throw new RefusedFileException("Images may not be imported from there any more.");
        }
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> directory)) {
                throw new RefusedFileException("Files cannot be imported safely on this host: upload it instead.");
            }
            return below(directory, root.relativize(Path.of(source)), offset);
        }
    }

    private static Open below(SecureDirectoryStream<Path> directory, Path rest, long offset)
            throws IOException, RefusedFileException {
        Path first = rest.getName(0);
        if (rest.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next = directory.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
                return below(next, rest.subpath(1, rest.getNameCount()), offset);
            }
        }
        @Nullable
        BasicFileAttributeView view =
                directory.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!Objects.requireNonNull(view).readAttributes().isRegularFile()) {
            throw new RefusedFileException("The source is no regular file: links, devices and pipes are not imported.");
        }
        SeekableByteChannel file =
                directory.newByteChannel(first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        long begin = Math.min(offset, file.size());
        file.position(begin);
        return new Open(Channels.newInputStream(file), begin, file.size());
    }
}
