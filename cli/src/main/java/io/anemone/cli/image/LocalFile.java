package io.anemone.cli.image;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file to be uploaded. */
record LocalFile(String role, Path path, long bytes, String sha256) {

    private static final int PIECE = 1 << 20;

    static LocalFile of(String role, Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CliException(ExitCode.USAGE, "There is no file " + path + ".");
        }
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            long bytes = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
                bytes += read;
            }
            return new LocalFile(role, path, bytes, HexFormat.of().formatHex(sha256.digest()));
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "The file " + path + " cannot be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
