package io.anemone.core.image;

import java.util.regex.Pattern;

/**
 * One file of an image. Its content is what its digest says; the name is for people and for site images, where it is the
 * path below the image's directory.
 *
 * @param name   relative path in the image
 * @param sha256 of its content, 64 hexadecimal digits in lower case
 * @param bytes  length of its content
 */
public record ImageFile(String name, String sha256, long bytes) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ImageFile {
        if (!isDigest(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in lower case hexadecimal digits");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("a file cannot have " + bytes + " bytes");
        }
    }

    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }
}
