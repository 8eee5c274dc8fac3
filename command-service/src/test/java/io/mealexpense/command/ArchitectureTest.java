package io.mealexpense.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mealexpense.command.expense.ExpenseRefused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.mealexpense.command", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_write_model_does_not_know_http = noClasses()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .or()
            .areAssignableTo(ExpenseRefused.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "..web..", "org.springframework.web..", "org.springframework.http..", "jakarta.servlet.."))
            .because("a rule of the business holds however it is asked");

    @ArchTest
    static final ArchRule nobody_asks_the_wall_for_the_time = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a test must be able to say what day it is: inject Clock");

    @ArchTest
    static final ArchRule commands_are_handled_by_aggregates_only = methods()
            .that()
            .areAnnotatedWith(CommandHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Aggregate.class)
            .because("history and the command decide, nothing else");

    @ArchTest
    static final ArchRule http_lives_in_web_packages = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .resideInAPackage("..web")
            .because("the write model must not know HTTP");

    @ArchTest
    static final ArchRule nothing_depends_on_web = noClasses()
            .that()
            .resideOutsideOfPackage("..web..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.mealexpense.command..web.."))
            .because("HTTP is one way in; deleting it must leave the rules standing");

    @ArchTest
    static final ArchRule features_form_no_cycle = slices().matching("io.mealexpense.command.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each must be readable and deletable on its own");
}
