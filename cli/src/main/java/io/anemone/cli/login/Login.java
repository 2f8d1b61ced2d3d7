package io.anemone.cli.login;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login that was stored. The token is good for this site alone and is never sent to another.
 *
 * @param url  the site, without a slash at its end
 * @param name the account
 */
record Login(
        String url, String name, String token, @Nullable Instant expiresAt) {

    @Override
    public String toString() {
        return "Login[url=" + url + ", name=" + name + "]";
    }
}
