package io.anemone.agent;

import io.anemone.agent.cache.CacheLimits;
import io.anemone.agent.files.InPlace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an agent keeps images on its node.
 *
 * @param dir          {@code ANEMONE_CACHE_DIR}: where each account makes its part, default {@code ANEMONE_STATE_DIR}
 * @param quota        {@code ANEMONE_CACHE_QUOTA}: bytes of this account's part, with K, M, G or T; default 20G
 * @param trusted      {@code ANEMONE_CACHE_TRUSTED}: accounts whose parts are read, too, separated by commas; default root
 * @param inPlace      {@code ANEMONE_IMAGES_IN_PLACE}: auto (default), always or never
 * @param prefetchRate {@code ANEMONE_CACHE_PREFETCH_RATE}: bytes a second at most that are fetched for later; default 50M
 */
public record CacheConfig(Path dir, long quota, List<String> trusted, InPlace inPlace, long prefetchRate) {

    public CacheConfig {
        trusted = List.copyOf(trusted);
    }

    /** @throws UsageException with one sentence that names the variable */
    public static CacheConfig of(Map<String, String> env, Path stateDir) {
        return new CacheConfig(
                Path.of(env.getOrDefault("ANEMONE_CACHE_DIR", stateDir.toString()))
                        .toAbsolutePath(),
                bytes(env, "ANEMONE_CACHE_QUOTA", "20G"),
                accounts(env.getOrDefault("ANEMONE_CACHE_TRUSTED", "root")),
                inPlace(env.getOrDefault("ANEMONE_IMAGES_IN_PLACE", "auto")),
                bytes(env, "ANEMONE_CACHE_PREFETCH_RATE", "50M"));
    }

    /** With the defaults of all that is not said here. */
    public CacheLimits limits() {
        return new CacheLimits(
                quota, CacheLimits.DEFAULT.spare(), CacheLimits.DEFAULT.abandoned(), CacheLimits.DEFAULT.stalled());
    }

    private static List<String> accounts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(CacheConfig::account)
                .toList();
    }

    private static String account(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            throw new UsageException("ANEMONE_CACHE_TRUSTED must be names of accounts, separated by commas.");
        }
        return name;
    }

    private static InPlace inPlace(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> InPlace.AUTO;
            case "always" -> InPlace.ALWAYS;
            case "never" -> InPlace.NEVER;
            default -> throw new UsageException("ANEMONE_IMAGES_IN_PLACE must be auto, always or never.");
        };
    }

    private static long bytes(Map<String, String> env, String name, String otherwise) {
        String text = env.getOrDefault(name, otherwise).strip().toUpperCase(Locale.ROOT);
        if (!text.matches("[1-9][0-9]{0,9}[KMGT]?")) {
            throw new UsageException(name + " must be a number of bytes such as 20G.");
        }
        int power = "KMGT".indexOf(text.charAt(text.length() - 1)) + 1;
        String digits = power == 0 ? text : text.substring(0, text.length() - 1);
        return Long.parseLong(digits) << (10 * power);
    }
}
