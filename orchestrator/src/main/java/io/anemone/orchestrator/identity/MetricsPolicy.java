package io.anemone.orchestrator.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who may read {@code /q/metrics}: operators, and whoever asks from the same machine, so that a collector there needs
 * no log-in. What came through a proxy on this machine did not come from it.
 */
@ApplicationScoped
public class MetricsPolicy implements HttpSecurityPolicy {

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        if (local(request)) {
            return CheckResult.permit();
        }
        return identity.map(who -> who.hasRole(Role.OPERATOR_NAME) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private static boolean local(RoutingContext request) {
        boolean proxied = request.request().getHeader("X-Forwarded-For") != null
                || request.request().getHeader("Forwarded") != null;
        SocketAddress from = request.request().remoteAddress();
        return !proxied && from != null && loopback(from.hostAddress());
    }

    private static boolean loopback(String address) {
        try {
            // A literal address: nothing is looked up
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
