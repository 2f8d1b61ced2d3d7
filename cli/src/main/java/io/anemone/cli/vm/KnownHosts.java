package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.Environment;
import io.anemone.cli.base.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the host keys of guests are kept, apart from the caller's own. */
final class KnownHosts {

    private KnownHosts() {}

    /** The file for one VM; its directory is there. */
    static Path of(Environment environment, Vm vm) {
        Path directory = environment.stateDirectory().resolve("known_hosts");
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "Cannot make " + directory + " (" + e.getClass().getSimpleName() + ").");
        }
        return directory.resolve(vm.id());
    }
}
