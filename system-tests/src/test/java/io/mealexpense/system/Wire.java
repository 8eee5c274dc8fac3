package io.mealexpense.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The network before one server of this machine, which can be told to misbehave. Knows bytes, no protocol. */
final class Wire implements AutoCloseable {

    /** What becomes of what is sent. */
    enum Mood {
        /** It arrives. */
        SOUND,
        /** It does not, and nobody is told, as where a cable was pulled: it arrives when the wire is sound again. */
        SILENT,
        /** What the server answers is lost, and its connection with it. */
        LOSING_ANSWERS,
        /** What clients send arrives twice, on two connections; they hear one of the answers. */
        DOUBLING
    }

    private final ServerSocket door;
    private final int server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Mood mood = Mood.SOUND;

    /** @param server port on this machine; nobody needs to listen there yet */
    Wire(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients connect to. */
    int port() {
        return door.getLocalPort();
    }

    /** From now on. Connections that there are go on, but nothing of them is doubled. */
    void become(Mood next) {
        lock.lock();
        try {
            mood = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every connection; new ones can be made. */
    void cut() {
        links.forEach(Link::close);
    }

    private void awaitNotSilent() {
        lock.lock();
        try {
            while (mood == Mood.SILENT) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            // no more connections
        }
    }

    private void connect(Socket client) {
        awaitNotSilent();
        var link = new Link();
        link.add(client);
        links.add(link);
        try {
            var first = link.add(new Socket(InetAddress.getLoopbackAddress(), server));
            var outs = new ArrayList<>(List.of(first.getOutputStream()));
            if (mood == Mood.DOUBLING) {
                var second = link.add(new Socket(InetAddress.getLoopbackAddress(), server));
                outs.add(second.getOutputStream());
                var unheard = second.getInputStream();
                Thread.ofVirtual().start(() -> carry(link, unheard, List.of(), false));
            }
            var asked = client.getInputStream();
            var answered = first.getInputStream();
            var back = client.getOutputStream();
            Thread.ofVirtual().start(() -> carry(link, asked, outs, false));
            Thread.ofVirtual().start(() -> carry(link, answered, List.of(back), true));
        } catch (IOException nobodyThere) {
            link.close();
        }
    }

    private void carry(Link link, InputStream from, List<OutputStream> to, boolean isAnswer) {
        var buffer = new byte[16_384];
        try {
            for (var length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                awaitNotSilent();
                if (isAnswer && mood == Mood.LOSING_ANSWERS) {
                    break;
                }
                for (var out : to) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException closed) {
            // both ends hear of it below
        }
        link.close();
    }

    private final class Link {

        private final List<Socket> ends = new ArrayList<>();
        private boolean closed;

        /** Of one that was cut meanwhile, an end that is closed. */
        synchronized Socket add(Socket end) {
            ends.add(end);
            if (closed) {
                close(end);
            }
            return end;
        }

        synchronized void close() {
            closed = true;
            links.remove(this);
            ends.forEach(this::close);
        }

        private void close(Socket end) {
            try {
                end.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        become(Mood.SOUND);
        cut();
    }
}
