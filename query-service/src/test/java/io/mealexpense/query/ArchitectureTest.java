package io.mealexpense.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mealexpense.query.eventstream.Projection;
import java.time.Clock;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.mealexpense.query", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<? super com.tngtech.archunit.core.domain.JavaClass> SHARED =
            resideInAnyPackage(
                    "io.mealexpense.query",
                    "io.mealexpense.query.eventstream",
                    "io.mealexpense.query.expense",
                    "io.mealexpense.query.readmodel",
                    "io.mealexpense.query.web");

    @ArchTest
    static final ArchRule read_models_do_not_know_each_other = slices().matching("io.mealexpense.query.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), SHARED)
            .because("each must be deletable and rebuildable on its own");

    @ArchTest
    static final ArchRule what_is_shared_knows_no_read_model = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.mealexpense.query.eventstream",
                    "io.mealexpense.query.expense",
                    "io.mealexpense.query.readmodel",
                    "io.mealexpense.query.web")
            .should()
            .dependOnClassesThat(
                    are(resideInAnyPackage("io.mealexpense.query..")).and(DescribedPredicate.not(SHARED)))
            .because("it must not need to change when a report comes or goes");

    @ArchTest
    static final ArchRule the_read_side_knows_no_write_side = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.mealexpense.command..")
            .because("the two meet in the log alone");

    @ArchTest
    static final ArchRule time_comes_from_a_clock = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("now() without a clock") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTargetOwner().getPackageName().equals("java.time")
                            && call.getName().equals("now")
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Clock.class));
                }
            })
            .because("tests must be able to say what time it is");

    @ArchTest
    static final ArchRule events_are_handled_by_projections_only = methods()
            .that()
            .areAnnotatedWith(EventHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .implement(Projection.class)
            .andShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(ProcessingGroup.class)
            .because("a handler outside of a named group would run on a processor nobody configured");

    @ArchTest
    static final ArchRule every_controller_says_who_may_ask = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(RestController.class)
            .and()
            .arePackagePrivate()
            .should()
            .beAnnotatedWith(PreAuthorize.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(PreAuthorize.class)
            .because("what says nothing is closed to everybody");

    @ArchTest
    static final ArchRule read_models_are_nobodys_business = classes()
            .that(DescribedPredicate.not(SHARED))
            .should()
            .notBePublic()
            .because("public is a promise, and a read model promises HTTP only");
}
