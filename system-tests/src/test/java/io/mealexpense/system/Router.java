package io.mealexpense.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the two services behind one URL as a load balancer does: GET and HEAD go to the query side, every other method
 * to the command side, which also has all of {@code /api/v1/auth} and {@code /.well-known}. Bytes pass as they are,
 * malformed ones too; one request per connection.
 */
final class Router implements AutoCloseable {

    private static final int MAX_HEAD = 64 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final List<String> TECHNICAL = List.of("/api/", "/actuator/", "/v3/", "/.well-known/", "/error");

    private final ServerSocket server;
    private final List<URI> commandServices;
    private final List<URI> queryServices;
    private final Map<URI, Integer> underWay = new HashMap<>();
    private final @Nullable RouterPages pages;
    private int turn;

    private Router(
            ServerSocket server, List<URI> commandServices, List<URI> queryServices, @Nullable RouterPages pages) {
        this.server = server;
        this.commandServices = new ArrayList<>(commandServices);
        this.queryServices = new ArrayList<>(queryServices);
        this.pages = pages;
    }

    /**
     * Starts listening on localhost.
     *
     * @param port 0 for any free one
     * @param pages the built frontend, absent where only the API is wanted
     */
    static Router start(int port, List<URI> commandServices, List<URI> queryServices, @Nullable RouterPages pages) {
        try {
            var server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            var router = new Router(server, commandServices, queryServices, pages);
            Thread.ofVirtual().name("router").start(router::accept);
            return router;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    synchronized void addCommandService(URI service) {
        commandServices.add(service);
    }

    synchronized void addQueryService(URI service) {
        queryServices.add(service);
    }

    /** Sends it no more requests, and waits until those under way there are answered. */
    synchronized void drain(URI service) throws InterruptedException {
        commandServices.remove(service);
        queryServices.remove(service);
        while (underWay.getOrDefault(service, 0) > 0) {
            wait();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var head = readHead(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            var page = pages != null && isPage(head) ? pages.answer(head) : null;
            if (page != null) {
                client.getOutputStream().write(page);
                client.shutdownOutput();
            } else {
                pass(client, head);
            }
        } catch (IOException gone) {
            // either side went away; the other one sees its connection end
        }
    }

    /** Request line and header lines, without the empty line; empty if the client sent nothing. */
    private static String readHead(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var last = 0;
        for (int next; head.size() < MAX_HEAD && (next = in.read()) >= 0; ) {
            head.write(next);
            last = last << 8 | next;
            if (last == 0x0D0A0D0A || (last & 0xFFFF) == 0x0A0A) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void pass(Socket client, String head) throws IOException {
        var target = begin(head);
        try {
            pass(client, head, target);
        } finally {
            end(target);
        }
    }

    private static void pass(Socket client, String head, URI target) throws IOException {
        try (var service = new Socket(target.getHost(), target.getPort())) {
            service.setTcpNoDelay(true);
            var out = service.getOutputStream();
            out.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            var body = Thread.ofVirtual().start(() -> copyBody(client, service));
            service.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
            // closing while the client still sends would reset the connection and lose the answer on its way
            body.join(LINGER);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized URI begin(String head) {
        var services = isForQuerySide(head) ? queryServices : commandServices;
        var target = services.get(Math.floorMod(turn++, services.size()));
        underWay.merge(target, 1, Integer::sum);
        return target;
    }

    private synchronized void end(URI target) {
        underWay.merge(target, -1, Integer::sum);
        notifyAll();
    }

    static boolean isForQuerySide(String head) {
        var line = head.split("[ \r\n]", 3);
        var path = line.length > 1 ? line[1] : "";
        return (line[0].equals("GET") || line[0].equals("HEAD"))
                && !path.startsWith("/api/v1/auth/")
                && !path.startsWith("/.well-known/");
    }

    private static boolean isPage(String head) {
        return head.matches("(?s)(GET|HEAD) /.*") && TECHNICAL.stream().noneMatch(head.split(" ", 3)[1]::startsWith);
    }

    /** The head with {@code Connection: close} instead of what the client said: one request per connection. */
    private static String closing(String head) {
        var end = head.indexOf('\n') + 1;
        var rest = head.substring(end).replaceAll("(?mi)^(Connection|Keep-Alive):.*\r?\n", "");
        return head.substring(0, end) + "Connection: close\r\n" + rest;
    }

    /** Until the client closes; what comes after a service has answered is read and dropped. */
    private static void copyBody(Socket client, Socket service) {
        var buffer = new byte[16 * 1024];
        var answered = false;
        try {
            for (int length; (length = client.getInputStream().read(buffer)) >= 0; ) {
                if (!answered) {
                    try {
                        service.getOutputStream().write(buffer, 0, length);
                    } catch (IOException answeredBeforeTheWholeBody) {
                        answered = true;
                    }
                }
            }
        } catch (IOException gone) {
            // nobody waits for an answer any more
        }
    }
}
