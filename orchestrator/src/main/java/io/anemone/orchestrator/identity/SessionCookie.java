package io.anemone.orchestrator.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;

/** The cookie that browsers keep a log-in in: out of reach of scripts and of other sites. */
@ApplicationScoped
class SessionCookie {

    private final IdentityConfig config;
    private final boolean secure;

    SessionCookie(IdentityConfig config, SiteConfig site) {
        this.config = config;
        this.secure = "https".equalsIgnoreCase(site.url().getScheme());
    }

    NewCookie holding(SessionToken token) {
        return cookie(token.text(), Math.toIntExact(config.sessionLifetime().toSeconds()));
    }

    /** Makes the browser forget it. */
    NewCookie none() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(SessionMechanism.COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
