package io.anemone.orchestrator.identity;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What browsers are told about every answer (OWASP Secure Headers). */
@ApplicationScoped
class SecurityHeaders {

    /** PatternFly sets style attributes; everything else must come from here. */
    static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final int EARLY = 1000;

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, EARLY);
    }

    private static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (context.normalizedPath().startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }
}
