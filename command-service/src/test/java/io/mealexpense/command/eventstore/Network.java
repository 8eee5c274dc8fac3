package io.mealexpense.command.eventstore;

import io.mealexpense.postgres.Database;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and PostgreSQL, understands as much of the protocol as it takes to know an append, and can
 * be told to carry the next one late or in part.
 */
final class Network implements AutoCloseable {

    private enum Treatment {
        NONE,
        LOSE,
        WITHHOLD_END
    }

    private static final int SYNC = 'S';

    private final Database database;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Held> held = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private volatile Treatment next = Treatment.NONE;

    /** What the server has not got yet, and where it would go. */
    private record Held(byte[] bytes, Socket server) {}

    Network(Database database) throws IOException {
        this.database = database;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "jdbc:postgresql://%s:%d/%s?sslmode=disable&gssEncMode=disable"
                .formatted(entrance.getInetAddress().getHostAddress(), entrance.getLocalPort(), database.name());
    }

    /** The client hears of a broken connection at once; the server hears of nothing, and what was sent is on its way. */
    void loseTheNextAppend() {
        next = Treatment.LOSE;
    }

    /** The server carries the statement out and waits for the message that ends it, as if its client had frozen. */
    void withholdTheEndOfTheNextAppend() {
        next = Treatment.WITHHOLD_END;
    }

    void awaitHeld() {
        held.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** What was on its way arrives; returns when the server has answered or has closed its end. */
    void deliver() throws IOException {
        var late = held.orTimeout(10, TimeUnit.SECONDS).join();
        try {
            late.server().getOutputStream().write(late.bytes());
        } catch (SocketException closed) {
            return;
        }
        answered.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The client goes on; its answer comes in the ordinary way. */
    void deliverEnd() throws IOException {
        var late = held.orTimeout(10, TimeUnit.SECONDS).join();
        late.server().getOutputStream().write(late.bytes());
    }

    private void accept() {
        try {
            while (true) {
                var client = entrance.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), database.port());
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> toServer(client, server));
                Thread.ofVirtual().start(() -> toClient(server, client));
            }
        } catch (IOException closed) {
            // no more connections
        }
    }

    private void toServer(Socket client, Socket server) {
        try {
            var in = new DataInputStream(client.getInputStream());
            var out = server.getOutputStream();
            out.write(startup(in));
            while (true) {
                var type = in.readByte();
                if (type == 'P' || type == 'B') {
                    statement(type, in, out, client, server);
                } else {
                    out.write(message(type, in));
                }
            }
        } catch (IOException closed) {
            close(client);
            if (!held.isDone()) {
                close(server);
            }
        }
    }

    /** From the first of its messages to the one that ends it. */
    private void statement(byte first, DataInputStream in, OutputStream out, Socket client, Socket server)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var type = first;
        bytes.write(message(type, in));
        var end = new byte[0];
        while (end.length == 0) {
            type = in.readByte();
            var message = message(type, in);
            if (type == SYNC) {
                end = message;
            } else {
                bytes.write(message);
            }
        }
        var append = bytes.toString(StandardCharsets.ISO_8859_1).contains("INSERT INTO event_store.domain_event");
        switch (append ? next : Treatment.NONE) {
            case NONE -> {
                bytes.write(end);
                out.write(bytes.toByteArray());
            }
            case LOSE -> {
                next = Treatment.NONE;
                bytes.write(end);
                held.complete(new Held(bytes.toByteArray(), server));
                client.close();
            }
            case WITHHOLD_END -> {
                next = Treatment.NONE;
                out.write(bytes.toByteArray());
                held.complete(new Held(end, server));
            }
        }
    }

    /** The server sends what it has to say of an append in one piece, after the commit. */
    private void toClient(Socket server, Socket client) {
        try {
            var from = server.getInputStream();
            var buffer = new byte[8192];
            for (var length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                if (isHeld(server)) {
                    answered.complete(null);
                }
                client.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException closed) {
            // the other end hears of it below
        }
        if (isHeld(server)) {
            answered.complete(null);
        }
        close(client);
    }

    private boolean isHeld(Socket server) {
        return held.isDone() && held.join().server() == server;
    }

    private static byte[] startup(DataInputStream in) throws IOException {
        return body(new ByteArrayOutputStream(), in);
    }

    private static byte[] message(byte type, DataInputStream in) throws IOException {
        var message = new ByteArrayOutputStream();
        message.write(type);
        return body(message, in);
    }

    private static byte[] body(ByteArrayOutputStream message, DataInputStream in) throws IOException {
        var length = new byte[4];
        in.readFully(length);
        message.write(length);
        message.write(in.readNBytes(ByteBuffer.wrap(length).getInt() - 4));
        return message.toByteArray();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // it is
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        sockets.forEach(Network::close);
    }
}
