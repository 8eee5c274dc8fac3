package io.mealexpense.benchmarks.load;

import io.mealexpense.benchmarks.measure.Numbers;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Asks an HTTP server over kept connections, each with one request on its way: one thread, prebuilt requests, answers
 * read no further than needed. Orders, one a line: {@code bodies file} (lines of token and JSON), {@code record port
 * path connections seconds id|- [most per second]}, {@code prepare port connections count}, {@code cold file} (lines of id, number of
 * the body's line and version), {@code amend port connections seconds}.
 */
public final class LoadMain {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_ANSWER = "connection: close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** A request with room for an id at a place in it. */
    private record Template(byte[] bytes, int idAt) {}

    private record Body(String token, String json) {}

    /** An expense and the version it is at. */
    private record Known(UUID id, int body, long version) {}

    /** Makes the next request, or says that there is none. */
    private interface Requests {
        boolean next(ByteBuffer into);
    }

    private final SplittableRandom random = new SplittableRandom();
    private List<Body> bodies = List.of();
    private List<Known> known = List.of();

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException {
        var main = new LoadMain();
        System.out.println("=== ready");
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line; (line = orders.readLine()) != null; ) {
                try {
                    System.out.println("=== " + main.obey(line.split(" ")));
                } catch (IOException | RuntimeException failure) {
                    failure.printStackTrace();
                    System.out.println("=== failed=" + failure.toString().replaceAll("\\s", "_"));
                }
            }
        }
    }

    private String obey(String[] words) throws IOException {
        return switch (words[0]) {
            case "bodies" -> {
                bodies = Files.readAllLines(Path.of(words[1])).stream()
                        .map(line -> line.split("\t", 2))
                        .map(cells -> new Body(cells[0], cells[1]))
                        .toList();
                yield "done";
            }
            case "record" -> {
                var templates = recordings(words[2], words[5].equals("id"));
                var next = new int[1];
                yield drive(port(words[1]), number(words[3]), seconds(words[4]), pause(words), into -> {
                    fill(templates.get(next[0]++ % templates.size()), into);
                    return true;
                });
            }
            case "prepare" -> prepare(port(words[1]), number(words[2]), number(words[3]));
            case "cold" -> {
                known = Files.readAllLines(Path.of(words[1])).stream()
                        .map(line -> line.split("\t"))
                        .map(cells -> new Known(UUID.fromString(cells[0]), number(cells[1]), Long.parseLong(cells[2])))
                        .toList();
                yield "done";
            }
            case "amend" -> {
                var all = known;
                known = List.of();
                yield drive(port(words[1]), number(words[2]), seconds(words[3]), amendments(all));
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    /** Nanoseconds between two requests, 0 for none. */
    private static long pause(String[] words) {
        return words.length > 6 ? (long) (1e9 / Double.parseDouble(words[6])) : 0;
    }

    private static int port(String word) {
        return Integer.parseInt(word);
    }

    private static long seconds(String word) {
        return (long) (Double.parseDouble(word) * 1e9);
    }

    /** Expenses with three events each, just made by that server. */
    private String prepare(int port, int connections, int count) throws IOException {
        var made = new ArrayList<Known>(count);
        for (var i = 0; i < count; i++) {
            made.add(new Known(uuid7(), i % bodies.size(), 0));
        }
        var next = new int[1];
        drive(port, connections, Long.MAX_VALUE, into -> {
            if (next[0] == count) {
                return false;
            }
            var it = made.get(next[0]++);
            var body = bodies.get(it.body());
            into.put(request("POST", "/api/v1/expenses", body.token(), "", withId(it.id(), body.json())));
            return true;
        });
        drive(port, connections, Long.MAX_VALUE, amendments(made));
        var once = made.stream().map(it -> new Known(it.id(), it.body(), 1)).toList();
        drive(port, connections, Long.MAX_VALUE, amendments(once));
        known = made.stream().map(it -> new Known(it.id(), it.body(), 2)).toList();
        return "done";
    }

    private Requests amendments(List<Known> expenses) {
        var next = new int[1];
        return into -> {
            if (next[0] == expenses.size()) {
                return false;
            }
            var it = expenses.get(next[0]++);
            var body = bodies.get(it.body());
            into.put(request(
                    "PUT",
                    "/api/v1/expenses/" + it.id(),
                    body.token(),
                    "If-Match: \"" + it.version() + "\"\r\n",
                    body.json()));
            return true;
        };
    }

    private List<Template> recordings(String path, boolean withId) {
        return bodies.stream()
                .map(body -> {
                    if (!withId) {
                        return new Template(request("POST", path, body.token(), "", body.json()), -1);
                    }
                    var request = request("POST", path, body.token(), "", withId(new UUID(0, 0), body.json()));
                    var head = indexOf(request, request.length, END_OF_HEAD, 0);
                    return new Template(request, head + END_OF_HEAD.length + "{\"id\":\"".length());
                })
                .toList();
    }

    private static String withId(UUID id, String json) {
        return "{\"id\":\"" + id + "\"," + json.substring(1);
    }

    private static byte[] request(String method, String path, String token, String headers, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n"
                + headers + "Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private void fill(Template template, ByteBuffer into) {
        var start = into.position();
        into.put(template.bytes());
        if (template.idAt() >= 0) {
            write(uuid7(), into, start + template.idAt());
        }
    }

    private static void write(UUID id, ByteBuffer into, int at) {
        var place = at;
        for (var digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                place++;
            }
            var half = digit < 16 ? id.getMostSignificantBits() : id.getLeastSignificantBits();
            into.put(place++, HEX[(int) (half >>> (60 - digit % 16 * 4)) & 15]);
        }
    }

    private UUID uuid7() {
        return new UUID(
                (System.currentTimeMillis() << 16) | 0x7000L | random.nextInt(1 << 12),
                (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    private static final class Connection {
        final ByteBuffer out = ByteBuffer.allocateDirect(32 * 1024);
        final byte[] answer = new byte[64 * 1024];
        int length;
        long sentAt;
    }

    private String drive(int port, int connections, long nanos, Requests requests) throws IOException {
        return drive(port, connections, nanos, 0, requests);
    }

    /**
     * @param pause nanoseconds from one request to the next; 0 to send each as soon as its connection is free
     */
    private String drive(int port, int connections, long nanos, long pause, Requests requests) throws IOException {
        var idle = new ArrayDeque<SelectionKey>();
        var due = System.nanoTime();
        var durations = new long[4096];
        var count = 0;
        var refused = 0;
        var firstRefusal = "";
        var open = new ArrayList<SocketChannel>();
        var in = ByteBuffer.allocateDirect(64 * 1024);
        try (var selector = Selector.open()) {
            var began = System.nanoTime();
            var running = 0;
            for (var i = 0; i < connections; i++) {
                var connection = new Connection();
                var key = connect(port, selector, connection, open);
                if (pause > 0) {
                    idle.add(key);
                } else {
                    running += send(key, requests) ? 1 : 0;
                }
            }
            while (running > 0 || (pause > 0 && System.nanoTime() - began < nanos)) {
                while (!idle.isEmpty() && System.nanoTime() >= due && System.nanoTime() - began < nanos) {
                    due += pause;
                    running += send(idle.remove(), requests) ? 1 : 0;
                }
                if (pause > 0) {
                    selector.select(1);
                } else {
                    selector.select();
                }
                var now = System.nanoTime();
                for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    var key = keys.next();
                    keys.remove();
                    var channel = (SocketChannel) key.channel();
                    var it = (Connection) key.attachment();
                    in.clear();
                    var n = channel.read(in);
                    if (n < 0) {
                        throw new IOException("The server closed a connection");
                    }
                    in.flip().get(it.answer, it.length, n);
                    it.length += n;
                    if (!complete(it)) {
                        continue;
                    }
                    if (it.answer[9] != '2') {
                        refused++;
                        firstRefusal = firstRefusal.isEmpty()
                                ? new String(it.answer, 0, it.length, StandardCharsets.UTF_8)
                                : firstRefusal;
                    }
                    if (count == durations.length) {
                        durations = Arrays.copyOf(durations, count * 2);
                    }
                    durations[count++] = now - it.sentAt;
                    if (has(it.answer, indexOf(it.answer, it.length, END_OF_HEAD, 0), LAST_ANSWER)) {
                        channel.close();
                        open.remove(channel);
                        key = connect(port, selector, it, open);
                    }
                    it.length = 0;
                    if (pause > 0) {
                        running--;
                        idle.add(key);
                    } else if (now - began >= nanos || !send(key, requests)) {
                        running--;
                    }
                }
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            if (refused > 0) {
                throw new IllegalStateException(refused + " of " + count + " refused: " + firstRefusal);
            }
            var all = Arrays.copyOf(durations, count);
            return "ops=%d seconds=%f p50=%f p99=%f"
                    .formatted(count, seconds, Numbers.percentile(all, 0.5) / 1e6, Numbers.percentile(all, 0.99) / 1e6);
        } finally {
            for (var channel : open) {
                channel.close();
            }
        }
    }

    private static SelectionKey connect(int port, Selector selector, Connection connection, List<SocketChannel> open)
            throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        open.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, connection);
    }

    private static boolean send(SelectionKey key, Requests requests) throws IOException {
        var connection = (Connection) key.attachment();
        var channel = (SocketChannel) key.channel();
        connection.out.clear();
        if (!requests.next(connection.out)) {
            return false;
        }
        connection.out.flip();
        connection.sentAt = System.nanoTime();
        while (connection.out.hasRemaining()) {
            channel.write(connection.out);
        }
        return true;
    }

    private static boolean complete(Connection it) {
        var head = indexOf(it.answer, it.length, END_OF_HEAD, 0);
        if (head < 0) {
            return false;
        }
        var length = length(it.answer, head);
        if (length >= 0) {
            return it.length >= head + END_OF_HEAD.length + length;
        }
        return it.answer[9] == '2' && it.answer[10] == '0' && it.answer[11] == '4'
                || Arrays.equals(it.answer, it.length - LAST_CHUNK.length, it.length, LAST_CHUNK, 0, LAST_CHUNK.length);
    }

    /** What the head announces, -1 if it does not. */
    private static int length(byte[] answer, int head) {
        for (var line = 0; line < head; line++) {
            if (answer[line] == '\n' && startsWith(answer, line + 1, LENGTH)) {
                var length = 0;
                for (var i = line + 1 + LENGTH.length; answer[i] >= '0'; i++) {
                    length = length * 10 + answer[i] - '0';
                }
                return length;
            }
        }
        return -1;
    }

    private static boolean has(byte[] answer, int head, byte[] lowerCaseLine) {
        for (var line = 0; line < head; line++) {
            if (answer[line] == '\n' && startsWith(answer, line + 1, lowerCaseLine)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] answer, int at, byte[] lowerCase) {
        for (var i = 0; i < lowerCase.length; i++) {
            if ((answer[at + i] | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted, int from) {
        for (var i = from; i <= length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
