import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the orchestrator and slurmrestd and spoils answers. The body of a POST to its control port is the mode
 * from then on; the answer says how many answers the mode before has spoilt.
 */
public final class FaultProxy {

    enum Mode {
        PASS,
        /** A list of jobs without jobs; all else passes. */
        EMPTY,
        /** A list of jobs with each job left out or not, by chance; all else passes. */
        PARTIAL,
        /** The first half of every answer. */
        TRUNCATED,
        /** To questions, what was the answer a minute ago. */
        STALE,
        /** HTTP status 500 and no word of Slurm's. */
        ERROR,
        /** No answer at all, until the mode changes. */
        HANG,
        /** The next submit is passed on and its reply dropped; after it, all passes. */
        DROP_SUBMIT
    }

    private static final Duration AGE = Duration.ofSeconds(60);
    private static final String NO_JOBS = "{\"meta\": {}, \"errors\": [], \"jobs\": []}";

    private record Answer(int status, byte[] body) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String upstream;
    private final Map<String, TreeMap<Long, Answer>> past = new ConcurrentHashMap<>();
    private final AtomicInteger spoilt = new AtomicInteger();
    private Mode mode = Mode.PASS;

    private FaultProxy(String upstream) {
        this.upstream = upstream;
    }

    public static void main(String[] arguments) throws IOException {
        String address = arguments[0];
        FaultProxy proxy = new FaultProxy("http://" + address + ":" + arguments[3]);
        listen(address, arguments[1], proxy::serve);
        listen(address, arguments[2], proxy::control);
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private static void listen(String address, String port, Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, Integer.parseInt(port)), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            // Closed without an answer, the connection is cut.
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private synchronized void control(HttpExchange exchange) throws IOException {
        String word = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        mode = Mode.valueOf(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        notifyAll();
        reply(exchange, new Answer(200, (spoilt.getAndSet(0) + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Mode now = modeFor(exchange);
        if (now != Mode.PASS) {
            spoilt.incrementAndGet();
        }
        switch (now) {
            case PASS -> reply(exchange, pass(exchange, body));
            case EMPTY -> reply(exchange, new Answer(200, NO_JOBS.getBytes(StandardCharsets.US_ASCII)));
            case PARTIAL -> {
                Answer whole = pass(exchange, body);
                reply(exchange, new Answer(whole.status(), someJobs(whole.body())));
            }
            case TRUNCATED -> {
                Answer whole = pass(exchange, body);
                reply(exchange, new Answer(whole.status(), Arrays.copyOf(whole.body(), whole.body().length / 2)));
            }
            case STALE -> {
                Answer fresh = pass(exchange, body);
                reply(exchange, old(exchange, fresh));
            }
            case ERROR -> reply(exchange, new Answer(500, new byte[0]));
            case HANG -> waitForAnotherMode();
            case DROP_SUBMIT -> pass(exchange, body);
        }
    }

    /** What is to be done to this request; takes back what is for one request alone. */
    private synchronized Mode modeFor(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        boolean question = exchange.getRequestMethod().equals("GET");
        boolean spoils = switch (mode) {
            case PASS -> false;
            case EMPTY, PARTIAL -> question && path.endsWith("/jobs");
            case STALE -> question;
            case DROP_SUBMIT -> path.endsWith("/job/submit");
            case TRUNCATED, ERROR, HANG -> true;
        };
        Mode now = spoils ? mode : Mode.PASS;
        if (now == Mode.DROP_SUBMIT) {
            mode = Mode.PASS;
        }
        return now;
    }

    private synchronized void waitForAnotherMode() throws InterruptedException {
        while (mode == Mode.HANG) {
            wait();
        }
    }

    private Answer pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-slurm") || name.equalsIgnoreCase("content-type")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Answer answer = new Answer(response.statusCode(), response.body());
        if (exchange.getRequestMethod().equals("GET")) {
            keep(question(exchange), answer);
        }
        return answer;
    }

    /** Who asks matters: Slurm may hide from one what another sees. */
    private static String question(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("X-SLURM-USER-NAME") + " " + exchange.getRequestURI();
    }

    private void keep(String question, Answer answer) {
        long now = System.nanoTime();
        TreeMap<Long, Answer> answers = past.computeIfAbsent(question, q -> new TreeMap<>());
        synchronized (answers) {
            answers.put(now, answer);
            // The last one before that age is still wanted.
            Long last = answers.floorKey(now - AGE.toNanos());
            if (last != null) {
                answers.headMap(last).clear();
            }
        }
    }

    /** The newest answer of a minute's age; the oldest one there is where none is that old. */
    private Answer old(HttpExchange exchange, Answer fresh) {
        TreeMap<Long, Answer> answers = past.getOrDefault(question(exchange), new TreeMap<>());
        synchronized (answers) {
            Map.Entry<Long, Answer> entry = answers.floorEntry(System.nanoTime() - AGE.toNanos());
            Map.Entry<Long, Answer> chosen = entry != null ? entry : answers.firstEntry();
            return chosen != null ? chosen.getValue() : fresh;
        }
    }

    /** The list of jobs with about half of them. */
    private static byte[] someJobs(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        int key = text.indexOf("\"jobs\"");
        int open = key < 0 ? -1 : text.indexOf('[', key);
        if (open < 0) {
            return answer;
        }
        List<String> jobs = new ArrayList<>();
        int end = elements(text, open + 1, jobs);
        jobs.removeIf(job -> ThreadLocalRandom.current().nextBoolean());
        return (text.substring(0, open + 1) + String.join(",", jobs) + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Adds each object of the JSON array whose inside begins at {@code start}; where the array ends. */
    private static int elements(String text, int start, List<String> found) {
        int depth = 0;
        int begin = start;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (depth++ == 0) {
                    begin = i;
                }
            } else if (c == '}' || c == ']') {
                if (depth-- == 0) {
                    return i;
                }
                if (depth == 0) {
                    found.add(text.substring(begin, i + 1));
                }
            }
        }
        return text.length();
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
