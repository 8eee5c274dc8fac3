package io.mealexpense.command;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** Everything of the write side, for whichever process it runs in. */
@Configuration
@ComponentScan(
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = CommandServiceApplication.class))
public class CommandSide {}
