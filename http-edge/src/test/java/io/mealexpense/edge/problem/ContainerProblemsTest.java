package io.mealexpense.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerProblemsTest {

    private final Tomcat tomcat = new Tomcat();
    private final PausedWhileReading protocol = new PausedWhileReading();

    /** Shuts down between the beginning of a request and its headers, if it is told to. */
    private static final class PausedWhileReading extends Http11NioProtocol {

        private volatile boolean told;
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public boolean isPaused() {
            return told ? asked.getAndIncrement() > 0 : super.isPaused();
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        protocol.setPort(0);
        tomcat.setConnector(new Connector(protocol));
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ContainerProblems.class.getName());
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "greeter", new Greeter());
        context.addServletMappingDecoded("/*", "greeter");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void who_asks_on_a_kept_connection_while_the_server_begins_to_shut_down_is_told_to_come_again() throws IOException {
        try (var connection = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
            assertThat(ask(connection)).startsWith("HTTP/1.1 200").endsWith("hello");

            protocol.told = true;

            assertThat(ask(connection)).startsWith("HTTP/1.1 503").contains("/problems/busy", "Retry-After: ");
        }
    }

    private static String ask(Socket connection) throws IOException {
        connection
                .getOutputStream()
                .write("DELETE /lunch HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new byte[8_192];
        var length = connection.getInputStream().read(answer);
        return new String(answer, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    }

    private static final class Greeter extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(5);
            response.getOutputStream().print("hello");
        }
    }
}
