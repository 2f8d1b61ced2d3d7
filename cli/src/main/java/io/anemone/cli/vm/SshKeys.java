package io.anemone.cli.vm;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads public keys. Whether they are sound is the server's to say; that none is private is checked here. */
final class SshKeys {

    private static final List<String> USUAL =
            List.of("id_ed25519.pub", "id_ecdsa.pub", "id_rsa.pub", "id_ed25519_sk.pub", "id_ecdsa_sk.pub");

    private SshKeys() {}

    static List<String> of(List<Path> files) {
        List<String> keys = new ArrayList<>();
        files.forEach(file -> keys.addAll(read(file)));
        return keys;
    }

    /** Those that ssh offers by itself. */
    static List<String> usual(Path home) {
        return of(USUAL.stream()
                .map(name -> home.resolve(".ssh").resolve(name))
                .filter(Files::isReadable)
                .toList());
    }

    private static List<String> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException e) {
            throw unusable(file, "is no text file.");
        } catch (IOException e) {
            throw unusable(file, "cannot be read (" + e.getClass().getSimpleName() + ").");
        }
        if (text.contains("PRIVATE KEY")) {
            throw new CliException(
                    ExitCode.USAGE,
                    file + " is a private key; it was not sent.",
                    "give the public one, which ends in .pub");
        }
        List<String> keys = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (keys.isEmpty()) {
            throw unusable(file, "holds no key.");
        }
        return keys;
    }

    private static CliException unusable(Path file, String what) {
        return new CliException(
                ExitCode.USAGE, file + " " + what, "give a public key: --ssh-key ~/.ssh/id_ed25519.pub");
    }
}
