package io.anemone.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.anemone.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule libvirtTypesStayInTheirPackage = noClasses()
            .that()
            .resideOutsideOfPackage("io.anemone.agent.libvirt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.libvirt..", "com.sun.jna..");

    @ArchTest
    static final ArchRule agentSeesCoreAlone = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are another module's of Anemone",
                    (JavaClass type) -> type.getPackageName().startsWith("io.anemone.")
                            && !type.getPackageName().startsWith("io.anemone.agent")
                            && !type.getPackageName().startsWith("io.anemone.core")));

    @ArchTest
    static final ArchRule supervisionReadsNoClockOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage("io.anemone.agent.vm..", "io.anemone.agent.direct..", "io.anemone.agent.domain..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
