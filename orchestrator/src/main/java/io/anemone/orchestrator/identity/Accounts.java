package io.anemone.orchestrator.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the site, read from {@link IdentityConfig#accountsFile()} and read again when it changes. A line
 * that cannot be understood is logged, without its hash, and left out.
 */
@ApplicationScoped
public class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final int MAX_PASSWORD_BYTES = 1024;
    private static final Pattern LINE = Pattern.compile("([a-z_][a-z0-9_-]{0,31}):(user|operator):"
            + "(\\$6\\$(?:rounds=[0-9]{4,9}\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{86})");
    /** Verified against when there is no such account, so that the answer takes as long. */
    private static final String NOBODY = "$6$anemonenobody$";

    private record Stamp(
            FileTime modified, long size, @Nullable Object fileKey) {}

    private final IdentityConfig config;
    private @Nullable Stamp stamp;
    private Map<String, Account> accounts = Map.of();

    public Accounts(IdentityConfig config) {
        this.config = config;
    }

    /** Empty when there is no such account, or none any more. */
    Optional<Account> find(String name) {
        return Optional.ofNullable(current().get(name));
    }

    /** Empty for a wrong password as for an unknown name, after the same work. */
    Optional<Account> verify(String name, String password) {
        Map<String, Account> known = current();
        Account account = known.get(name);
        String like = account != null
                ? account.hash()
                : known.values().stream().map(Account::hash).findFirst().orElse(NOBODY);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        if (secret.length > MAX_PASSWORD_BYTES) {
            return Optional.empty();
        }
        boolean same = MessageDigest.isEqual(ascii(Crypt.crypt(secret, like)), ascii(like));
        return same && account != null ? Optional.of(account) : Optional.empty();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private synchronized Map<String, Account> current() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(config.accountsFile(), BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (!now.equals(stamp)) {
                accounts = parse(Files.readAllLines(config.accountsFile()));
                stamp = now;
            }
        } catch (IOException e) {
            // Nobody can log in, and nobody stays logged in, on the strength of a file that is gone
            LOG.errorf("The accounts cannot be read; check anemone.identity.accounts-file (cause: %s)", e);
            accounts = Map.of();
            stamp = null;
        }
        return accounts;
    }

    private static Map<String, Account> parse(List<String> lines) {
        Map<String, Account> found = new HashMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches() || found.containsKey(matcher.group(1))) {
                LOG.errorf(
                        "A line of the accounts file is left out: it is not name:role:hash with a SHA-512 crypt"
                                + " hash, or repeats a name (line: %d)",
                        number);
            } else if (matcher.group(1).equals("root")) {
                LOG.errorf("A line of the accounts file is left out: no job shall run as root (line: %d)", number);
            } else {
                Role role = matcher.group(2).equals(Role.OPERATOR.text()) ? Role.OPERATOR : Role.USER;
                found.put(matcher.group(1), new Account(matcher.group(1), role, matcher.group(3)));
            }
        }
        return Map.copyOf(found);
    }
}
