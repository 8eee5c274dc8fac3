package io.mealexpense.benchmarks.crud;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** One table, one controller, a token check. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class CrudApplication {

    public static void main(String[] args) {
        SpringApplication.run(CrudApplication.class, args);
    }
}
