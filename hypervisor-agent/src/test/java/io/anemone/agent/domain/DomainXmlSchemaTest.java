package io.anemone.agent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.anemone.agent.files.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions against libvirt's own schema, as {@code virt-xml-validate} does it, with one process for all of them. */
class DomainXmlSchemaTest {

    private static final int DOMAINS = 200;
    private static final Path XMLLINT = Path.of("/usr/bin/xmllint");
    private static final Path SCHEMA = Path.of("/usr/share/libvirt/schemas/domain.rng");

    /** Names as people give them, with all that a path may hold. */
    private static final RandomDomains.Texts VALID = new RandomDomains.Texts() {
        @Override
        public String path() {
            return "/var/lib/anemone/job-7/it's a \"disk\", of=on & <ünïcödé> 🐠.img";
        }

        @Override
        public String word() {
            return "console=ttyS0 a=\"b c\",d <&>";
        }

        @Override
        public String device() {
            return "br-guests.7";
        }

        @Override
        public String mac() {
            return "06:12:34:56:78:9a";
        }
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void randomValidSpecs_areValidForLibvirt() throws Exception {
        assumeInstalled();
        // Given
        List<String> files = new ArrayList<>();
        for (int seed = 0; seed < DOMAINS; seed++) {
            Path file = directory.resolve(seed + ".xml");
            Files.writeString(file, DomainXml.of(RandomDomains.of(seed, VALID)));
            files.add(file.toString());
        }

        // When
        Command.Result result = validated(files);

        // Then
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void brokenDefinition_isNotValid() throws Exception {
        assumeInstalled();
        // Given
        Path file = directory.resolve("broken.xml");
        Files.writeString(file, DomainXml.of(RandomDomains.of(1, VALID)).replace("<vcpu ", "<processors/><vcpu "));

        // When, Then
        assertThat(validated(List.of(file.toString())).exitCode()).isNotZero();
    }

    private static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(XMLLINT) && Files.isReadable(SCHEMA),
                "no xmllint or no schema: apt-get install libxml2-utils libvirt0");
    }

    private static Command.Result validated(List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(XMLLINT.toString(), "--noout", "--relaxng", SCHEMA.toString()));
        command.addAll(files);
        return Command.run(Duration.ofMinutes(2), command);
    }
}
