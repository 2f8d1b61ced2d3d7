package io.anemone.core.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people name an image: {@code micro}, {@code alice/solver}, or with the number of a revision {@code alice/solver@3}.
 * Names without an owner are the site's own, so nobody can take another's name or a golden image's.
 *
 * @param name     {@code NAME} or {@code OWNER/NAME}
 * @param revision from 1; null for the current one
 */
public record ImageReference(String name, @Nullable Integer revision) {

    /** {@code NAME}: also the name of a site image's directory. */
    public static final String SIMPLE_NAME = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final String OWNER = "[A-Za-z_][A-Za-z0-9_.-]{0,31}";
    private static final Pattern REFERENCE =
            Pattern.compile("((?:" + OWNER + "/)?" + SIMPLE_NAME + ")(?:@([1-9][0-9]{0,8}))?");

    /** Empty if the text is no reference. */
    public static Optional<ImageReference> parse(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String revision = matcher.group(2);
        return Optional.of(new ImageReference(matcher.group(1), revision == null ? null : Integer.valueOf(revision)));
    }

    @Override
    public String toString() {
        return revision == null ? name : name + "@" + revision;
    }
}
