package io.anemone.cli.login;

import io.anemone.cli.api.Api;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.Environment;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.base.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the site and the token. {@code ANEMONE_URL} and {@code ANEMONE_TOKEN} come first, then the stored login, then
 * the site's own {@code /etc/anemone/client.env}, which knows the URL alone.
 */
public final class Site {

    private static final String URL = "ANEMONE_URL";
    private static final String TOKEN = "ANEMONE_TOKEN";

    private final Environment environment;
    private final LoginStore store;
    private final Pace pace;

    public Site(Environment environment, Pace pace) {
        this.environment = environment;
        this.store = new LoginStore(environment.configDirectory());
        this.pace = pace;
    }

    /** The API, as somebody who is logged in. */
    public Api api() {
        URI url = url(null);
        String token = environment
                .variable(TOKEN)
                .or(() -> store.load()
                        .filter(login -> login.url().equals(url.toString()))
                        .map(Login::token))
                .orElseThrow(() -> new CliException(
                        ExitCode.NOT_LOGGED_IN, "You are not logged in at " + url + ".", "run: anemone login"));
        return new Api(url, token, pace);
    }

    /** The API for logging in. */
    Api anonymous(URI url) {
        return new Api(url, null, pace);
    }

    LoginStore store() {
        return store;
    }

    /** @param given on the command line; beats all else */
    URI url(@Nullable String given) {
        return Optional.ofNullable(given)
                .or(() -> environment.variable(URL))
                .or(() -> store.load().map(Login::url))
                .or(this::siteUrl)
                .map(Site::parse)
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "It is not known where Anemone is.",
                        "run: anemone login --url http://HOST:8080, or set " + URL));
    }

    private Optional<String> siteUrl() {
        try {
            return Files.readAllLines(environment.siteConfig()).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(URL + "="))
                    .map(line -> line.substring(URL.length() + 1).strip())
                    .map(value -> value.replaceAll("^([\"'])(.*)\\1$", "$2"))
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        } catch (IOException e) {
            // Most machines have none.
            return Optional.empty();
        }
    }

    /** Agents know the orchestrators of a site by a list with commas; to ask the first is enough. */
    private static URI parse(String text) {
        String trimmed = text.replaceFirst(",.*", "").strip().replaceAll("/+$", "");
        try {
            URI uri = new URI(trimmed);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new CliException(
                ExitCode.USAGE, "'" + trimmed + "' is no URL of a site: write it like http://head.cluster:8080.");
    }
}
