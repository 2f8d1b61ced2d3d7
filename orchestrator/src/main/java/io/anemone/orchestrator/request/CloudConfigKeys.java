package io.anemone.orchestrator.request;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys that stand at the top of a cloud-config, of cloud-init up to 25
 * (https://cloudinit.readthedocs.io/en/latest/reference/modules.html), and what kind of value each has.
 */
final class CloudConfigKeys {

    /** Further apart than this, one is not a misspelling of the other. */
    private static final int MAX_MISTAKES = 2;

    enum Value {
        LIST("a list") {
            @Override
            boolean fits(Node value) {
                return value instanceof SequenceNode;
            }
        },
        MAP("keys with values") {
            @Override
            boolean fits(Node value) {
                return value instanceof MappingNode;
            }
        },
        TEXT("a text or a number") {
            @Override
            boolean fits(Node value) {
                return value instanceof ScalarNode;
            }
        },
        FLAG("true or false") {
            @Override
            boolean fits(Node value) {
                return value instanceof ScalarNode && value.getTag().equals(Tag.BOOL);
            }
        },
        ANY("a value") {
            @Override
            boolean fits(Node value) {
                return true;
            }
        };

        private final String words;

        Value(String words) {
            this.words = words;
        }

        abstract boolean fits(Node value);

        String words() {
            return words;
        }
    }

    private static final Map<String, Value> KEYS = keys();

    private CloudConfigKeys() {}

    /** Null for a key that there is not. */
    static @Nullable Value valueOf(String key) {
        return KEYS.get(key);
    }

    /** The key that somebody who wrote {@code wrong} most likely meant; null if none is near. */
    static @Nullable String like(String wrong) {
        if (wrong.length() > 40) {
            return null;
        }
        return KEYS.keySet().stream()
                .filter(key -> mistakes(wrong, key) <= Math.min(MAX_MISTAKES, key.length() / 3))
                .min(Comparator.comparingInt((String key) -> mistakes(wrong, key))
                        .thenComparing(key -> key))
                .orElse(null);
    }

    /** Levenshtein's distance, with - and _ taken for the same. */
    private static int mistakes(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (plain(a.charAt(i - 1)) == plain(b.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static char plain(char c) {
        return c == '-' ? '_' : Character.toLowerCase(c);
    }

    private static Map<String, Value> keys() {
        Map<String, Value> keys = new HashMap<>();
        put(keys, Value.LIST, "bootcmd", "runcmd", "mounts", "packages", "write_files", "cloud_config_modules");
        put(keys, Value.LIST, "cloud_final_modules", "cloud_init_modules", "fs_setup", "mount_default_fields");
        put(keys, Value.LIST, "ssh_fp_console_blacklist", "ssh_genkeytypes", "ssh_import_id");
        put(keys, Value.LIST, "ssh_key_console_blacklist");
        put(keys, Value.MAP, "ansible", "apk_repos", "apt", "autoinstall", "ca-certs", "ca_certs", "chef", "chpasswd");
        put(keys, Value.MAP, "device_aliases", "disk_setup", "drivers", "fan", "growpart", "grub-dpkg", "grub_dpkg");
        put(keys, Value.MAP, "keyboard", "landscape", "lxd", "mcollective", "output", "phone_home", "power_state");
        put(keys, Value.MAP, "puppet", "random_seed", "reporting", "resolv_conf", "rh_subscription", "rpi_interfaces");
        put(keys, Value.MAP, "rpi_userconf", "rsyslog", "salt_minion", "snap", "spacewalk", "ssh", "ssh_keys");
        put(keys, Value.MAP, "ssh_publish_hostkeys", "swap", "system_info", "ubuntu_advantage", "ubuntu_pro");
        put(keys, Value.MAP, "updates", "vendor_data", "wireguard", "yum_repos", "zypper");
        put(keys, Value.TEXT, "authkey_hash", "byobu_by_default", "final_message", "fqdn", "hostname", "launch-index");
        put(keys, Value.TEXT, "locale_configfile", "password", "timezone", "version", "yum_repo_dir");
        put(keys, Value.TEXT, "disable_root_opts");
        put(keys, Value.FLAG, "allow_public_ssh_keys", "apt_reboot_if_required", "apt_update", "apt_upgrade");
        put(keys, Value.FLAG, "create_hostname_file", "disable_ec2_metadata", "disable_piwiz", "enable_rpi_connect");
        put(keys, Value.FLAG, "manage_resolv_conf", "migrate", "no_ssh_fingerprints", "package_reboot_if_required");
        put(keys, Value.FLAG, "package_update", "package_upgrade", "prefer_fqdn_over_hostname", "preserve_hostname");
        put(keys, Value.FLAG, "ssh_deletekeys", "ssh_quiet_keygen");
        // Of several kinds, or of different kinds in different versions.
        put(keys, Value.ANY, "apt_pipelining", "disable_root", "groups", "locale", "manage_etc_hosts", "merge_how");
        put(
                keys,
                Value.ANY,
                "merge_type",
                "ntp",
                "resize_rootfs",
                "ssh_authorized_keys",
                "ssh_pwauth",
                "user",
                "users");
        return Map.copyOf(keys);
    }

    private static void put(Map<String, Value> keys, Value value, String... names) {
        List.of(names).forEach(name -> keys.put(name, value));
    }
}
