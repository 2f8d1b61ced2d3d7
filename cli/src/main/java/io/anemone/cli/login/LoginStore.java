package io.anemone.cli.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Keeps the login in a file that its owner alone can read. */
final class LoginStore {

    private final Path file;

    LoginStore(Path configDirectory) {
        this.file = configDirectory.resolve("credentials.json");
    }

    Optional<Login> load() {
        try {
            JsonNode json = Json.parse(Files.readString(file));
            return json.hasNonNull("url") && json.hasNonNull("token")
                    ? Optional.of(Json.as(json, Login.class))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            // Nothing in it is worth more than a new login.
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whole or not at all: written beside and moved into place. The file has its mode from the start. */
    void save(Login login) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(
                    directory,
                    ".credentials",
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text(login));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static String text(Login login) {
        var json =
                Json.object().put("url", login.url()).put("name", login.name()).put("token", login.token());
        if (login.expiresAt() != null) {
            json.put("expiresAt", login.expiresAt().toString());
        }
        return Json.write(json) + "\n";
    }

    private CliException unusable(IOException e) {
        return new CliException(
                ExitCode.REFUSED,
                "Cannot use " + file + " (" + e.getClass().getSimpleName() + ").",
                "check its owner and mode, or set ANEMONE_TOKEN instead");
    }
}
