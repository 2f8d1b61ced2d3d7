package io.anemone.cli.base;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the command knows of the machine and of its caller, apart from the command line.
 *
 * @param variables  environment variables
 * @param home       the caller's home directory
 * @param user       the caller's UNIX name
 * @param siteConfig the site's own settings for clients, lines of {@code NAME=value}
 */
public record Environment(Map<String, String> variables, Path home, String user, Path siteConfig) {

    private static final Path SITE_CONFIG = Path.of("/etc/anemone/client.env");

    public static Environment ofThisProcess() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                System.getProperty("user.name", ""),
                SITE_CONFIG);
    }

    /** A variable; empty counts as unset. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Where secrets and settings are kept, by the XDG base directory specification. */
    public Path configDirectory() {
        return directory("XDG_CONFIG_HOME", ".config");
    }

    /** Where things are kept that may be lost. */
    public Path stateDirectory() {
        return directory("XDG_STATE_HOME", ".local/state");
    }

    /** The specification says that relative paths are to be ignored. */
    private Path directory(String variable, String otherwise) {
        return variable(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(otherwise))
                .resolve("anemone");
    }
}
