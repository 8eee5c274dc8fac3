package io.mealexpense.command.sealing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Adobe's stand-in for S3, in a process of its own because it brings another Spring; the SDK is pointed to it. */
final class S3Mock implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private static final String ENDPOINT = "aws.endpointUrlS3";

    private final Process process;
    private final int port;
    private final Map<String, String> settings;

    private S3Mock(Process process, int port) {
        this.process = process;
        this.port = port;
        this.settings = Map.of(
                ENDPOINT,
                at(port),
                "aws.region",
                "eu-central-1",
                "aws.accessKeyId",
                "test",
                "aws.secretAccessKey",
                "test");
        settings.forEach(System::setProperty);
    }

    static S3Mock start(Path folder) throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", "s3mock", "s3mock.jar").toString(),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.httpPort=" + port,
                        "--com.adobe.testing.s3mock.store.root=" + folder)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "s3mock", "s3mock.log").toFile())
                .start();
        var giveUp = System.nanoTime() + START.toNanos();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                process.destroyForcibly();
                throw new IOException("S3Mock does not start; target/s3mock/s3mock.log says why");
            }
            Thread.sleep(200);
        }
        return new S3Mock(process, port);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String at(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Stands before it for the clients made from now on, until it is closed: who writes an object of this name waits in vain. */
    Router holding(String name) throws IOException {
        var router = new Router(port, name);
        System.setProperty(ENDPOINT, at(router.socket.getLocalPort()));
        return router;
    }

    static final class Router implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int target;
        private final String name;
        private volatile boolean holds = true;

        private Router(int target, String name) throws IOException {
            this.target = target;
            this.name = name;
            Thread.ofPlatform().daemon().start(this::accept);
        }

        /** From now on; what is held is lost. */
        void letGo() {
            holds = false;
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    var client = socket.accept();
                    var server = new Socket(InetAddress.getLoopbackAddress(), target);
                    Thread.ofPlatform().daemon().start(() -> pass(client, server));
                    Thread.ofPlatform().daemon().start(() -> pass(server, client));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void pass(Socket from, Socket to) {
            try (from;
                    to) {
                var bytes = new byte[65_536];
                var held = false;
                for (var length = 0; length >= 0; length = from.getInputStream().read(bytes)) {
                    var line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                            .lines()
                            .findFirst()
                            .orElse("");
                    held |= holds && line.startsWith("PUT ") && line.contains(name);
                    if (!held) {
                        to.getOutputStream().write(bytes, 0, length);
                    }
                }
            } catch (IOException gone) {
                // one of them has hung up, and so does the other
            }
        }

        @Override
        public void close() throws IOException {
            System.setProperty(ENDPOINT, at(target));
            socket.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        settings.keySet().forEach(System::clearProperty);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
