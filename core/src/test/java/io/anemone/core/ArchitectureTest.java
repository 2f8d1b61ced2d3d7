package io.anemone.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.anemone.core.vm.LaunchPath;
import java.time.Clock;
import java.time.Instant;

/** What core may not become: a place with a framework, a clock or I/O of its own. */
@AnalyzeClasses(packages = "io.anemone.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule core_dependsOnPlainJavaAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.anemone.core..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule core_hasNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.net.http..",
                    "java.sql..",
                    "javax..")
            .orShould()
            .accessClassesThat()
            .belongToAnyOf(System.class, Process.class, ProcessBuilder.class, Thread.class);

    @ArchTest
    static final ArchRule core_takesItsTimeFromTheCaller = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);

    @ArchTest
    static final ArchRule core_drawsNoRandomNumbers = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    /** A VM knows leases, and no lease knows VMs; only the word for the launch path is both's. */
    @ArchTest
    static final ArchRule features_areFreeOfCycles = slices().matching("io.anemone.core.(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage("io.anemone.core.lease.."), type(LaunchPath.class));

    /**
     * Scheduler, hypervisor and wire are spoken to by others: they know nothing of the planner. An agent's orders are
     * made from the same views as plans, and the audit sees all.
     */
    @ArchTest
    static final ArchRule onlyPlannerOrdersAndAudit_knowPlans = noClasses()
            .that()
            .resideOutsideOfPackages("io.anemone.core.plan..", "io.anemone.core.orders..", "io.anemone.core.audit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.anemone.core.plan..");
}
