package io.anemone.orchestrator.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Gives a browser that asks for a page of the dashboard, such as {@code /vms/ID}, the one document there is; the
 * dashboard then shows that page. What is no page (the API, agents, health, files) goes its own way.
 */
@ApplicationScoped
class SpaFallback {

    /** After the security headers, before everything that would answer. */
    private static final int PRIORITY = 900;

    private static final String DOCUMENT = "/";
    private static final List<String> NOT_PAGES = List.of("/api", "/q", "/agent");

    void register(@Observes Filters filters) {
        filters.register(SpaFallback::handle, PRIORITY);
    }

    static void handle(RoutingContext context) {
        if (!isPage(context)) {
            context.next();
            return;
        }
        // The document names the files of its release: an old one from a cache would ask for files that are gone.
        context.addHeadersEndHandler(done -> context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache"));
        if (context.normalizedPath().equals(DOCUMENT)) {
            context.next();
        } else {
            context.reroute(DOCUMENT);
        }
    }

    private static boolean isPage(RoutingContext context) {
        String path = context.normalizedPath();
        HttpMethod method = context.request().method();
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && accept != null
                && accept.contains("text/html")
                && NOT_PAGES.stream().noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
                && !path.substring(path.lastIndexOf('/')).contains(".");
    }
}
