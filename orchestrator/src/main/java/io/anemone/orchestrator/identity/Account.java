package io.anemone.orchestrator.identity;

/**
 * Somebody who may log in.
 *
 * @param name UNIX account of the cluster: jobs run as it
 * @param role what it may do
 * @param hash SHA-512 crypt of its password
 */
record Account(String name, Role role, String hash) {

    @Override
    public String toString() {
        return "Account[name=" + name + ", role=" + role + "]";
    }
}
