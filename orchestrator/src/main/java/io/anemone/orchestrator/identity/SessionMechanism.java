package io.anemone.orchestrator.identity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Takes the token of a log-in from the Authorization header or, for browsers, from the cookie. */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {

    static final String COOKIE = "anemone_session";
    static final String TOKEN_TYPE = "anemone-session";

    private static final String BEARER = "Bearer ";
    private static final int MAX_TOKEN_CHARS = 128;
    private static final int UNAUTHORIZED = 401;

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        Cookie cookie = context.request().getCookie(COOKIE);
        if (header == null && cookie == null) {
            return Uni.createFrom().nullItem();
        }
        if (header != null && !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException("only bearer tokens are taken"));
        }
        String token = header != null ? header.substring(BEARER.length()).strip() : cookie.getValue();
        if (token.length() > MAX_TOKEN_CHARS) {
            return Uni.createFrom().failure(new AuthenticationFailedException("not a token"));
        }
        return providers.authenticate(new TokenAuthenticationRequest(new TokenCredential(token, TOKEN_TYPE)));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"anemone\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
