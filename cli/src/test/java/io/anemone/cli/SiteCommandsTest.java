package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteCommandsTest extends CommandTest {

    @BeforeEach
    void oneOfEach() {
        site.answers("/images", """
                {"items": [{"id": "1", "name": "micro", "description": "Busybox with ssh", "defaultUser": "root",
                            "tier": "GOLDEN", "visibility": "PUBLIC", "site": true, "current": 2, "yours": false,
                            "minMemoryMiB": 128, "readiness": {"kind": "SSH", "timeoutSeconds": 60}}]}
                """);
        site.answers(
                "/flavors",
                "{\"items\": [{\"name\": \"medium\", \"vcpus\": 2, \"memoryMiB\": 2048,"
                        + " \"description\": \"two cores\"}]}");
        site.answers("/partitions", """
                {"items": [{"name": "compute", "isDefault": true, "maxWalltime": "PT48H"},
                           {"name": "long", "isDefault": false}]}
                """);
        site.answers("/leases", """
                {"items": [{"id": "7d444840-9dc0-41d1-b245-5ffdce74fad2", "path": "static", "owner": "anemone",
                            "pool": "default", "phase": "ACTIVE", "jobId": "12", "node": "n2", "epoch": 1, "cores": 4,
                            "memoryMiB": 3840, "walltime": "P1D", "endsAt": "2026-01-01T13:30:00Z",
                            "unreachable": true, "expiring": false, "connected": false, "vms": ["x", "y"],
                            "createdAt": "2026-01-01T11:00:00Z"}]}
                """);
        site.answers("/nodes", """
                {"takenAt": "2026-01-01T12:00:00Z", "items": [
                   {"name": "n1", "state": "IDLE", "available": true, "cores": 4, "memoryMiB": 4096,
                    "allocatedCores": 1, "allocatedMemoryMiB": 512, "partitions": ["compute", "short"],
                    "leases": [], "vms": [{"id": "x", "name": "web", "owner": "researcher", "phase": "READY"}]}]}
                """);
        site.answers("/pools", """
                {"items": [{"name": "default", "leases": 2, "partition": "compute", "walltime": "P1D",
                            "renewBefore": "PT1H", "active": 1, "vms": 3, "freeCores": 2, "freeMemoryMiB": 2048}]}
                """);
    }

    @Test
    void lists_areTables() {
        assertThat(person.runs("image", "list").out()).isEqualToNormalizingNewlines("""
                NAME   REV  TIER    SEEN BY  USER  MIN MEMORY  DESCRIPTION
                micro  2    golden  public   root  128M        Busybox with ssh
                """);
        assertThat(person.runs("flavor", "list").out()).isEqualToNormalizingNewlines("""
                NAME    VCPUS  MEMORY  DESCRIPTION
                medium  2      2G      two cores
                """);
        assertThat(person.runs("partition", "list").out()).isEqualToNormalizingNewlines("""
                NAME     DEFAULT  MAX WALLTIME
                compute  yes      2d
                long     -        none
                """);
        assertThat(person.runs("lease", "list").out()).isEqualToNormalizingNewlines("""
                ID        PHASE   PATH    OWNER    POOL     JOB  NODE  CORES  MEMORY  VMS  LEFT  FLAGS
                7d444840  ACTIVE  static  anemone  default  12   n2    4      3840M   2    90m   unreachable
                """);
        assertThat(person.runs("node", "list").out()).isEqualToNormalizingNewlines("""
                NAME  STATE  CORES  MEMORY   PARTITIONS     VMS
                n1    IDLE   1/4    512M/4G  compute,short  web
                """);
        assertThat(person.runs("pool", "list").out()).isEqualToNormalizingNewlines("""
                NAME     LEASES  PARTITION  WALLTIME  RENEW BEFORE  VMS  FREE CORES  FREE MEMORY
                default  1/2     compute    1d        1h            3    2           2G
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "flavor", "partition", "lease", "node", "pool"})
    void json_isWhatTheServerSaid(String what) {
        JsonNode json = Vms.json(person.runs(what, "list", "-o", "json").out());

        assertThat(json.path("items").path(0).isObject()).isTrue();
    }

    @Test
    void poolShow_showsOne() {
        assertThat(person.runs("pool", "show").out()).contains("default", "1/2");
        assertThat(person.runs("pool", "show", "other").exit()).isEqualTo(1);
    }

    @Test
    void poolSet_leavesTheRestAsItIs() {
        Person.Result result = person.runs("pool", "set", "default", "--leases", "3", "--walltime", "2d");

        assertThat(result.exit()).as(result.err()).isZero();
        FakeSite.Request put = site.requests("PUT").getFirst();
        assertThat(put.path()).isEqualTo("/api/v1/pools/default");
        assertThat(Vms.json(put.body())).isEqualTo(Vms.json("""
                {"leases": 3, "partition": "compute", "walltime": "PT48H", "renewBefore": "PT1H"}
                """));
    }

    @Test
    void newPoolWithoutSize_isExit2() {
        assertThat(person.runs("pool", "set", "gpu").exit()).isEqualTo(2);
        assertThat(site.requests("PUT")).isEmpty();
    }

    @Test
    void slashInAPoolsName_staysInItsPlace() {
        site.answers("/pools", "{\"items\": []}");

        Person.Result result = person.runs("pool", "set", "a/b", "--leases", "1");

        assertThat(result.exit()).isZero();
        assertThat(site.requests("PUT").getFirst().path()).isEqualTo("/api/v1/pools/a%2Fb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "release"})
    void leaseAction_namesTheWholeId(String action) {
        Person.Result result = person.runs("lease", action, "7d44");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(site.requests("POST").getFirst().path())
                .isEqualTo("/api/v1/leases/7d444840-9dc0-41d1-b245-5ffdce74fad2/actions/" + action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "../nodes"})
    void leaseThatIsNotThere_isExit1(String given) {
        assertThat(person.runs("lease", "release", given).exit()).isEqualTo(1);
        assertThat(site.requests("POST")).isEmpty();
    }

    private static final String HOLDING = "{\"items\": [{\"id\": \"I1\", \"title\": \"One domain for each VM\","
            + " \"sentence\": \"x\", \"holds\": true, \"violations\": []}%s], \"healed\": []}";

    @Test
    void invariantsThatHold_areATable_andNoFailure() {
        site.answers("/invariants", HOLDING.formatted(""));

        Person.Result result = person.runs("invariants");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                ID  HOLDS  INVARIANT               NOTE
                I1  yes    One domain for each VM  -
                """);
    }

    @Test
    void violation_isShownAndFails() {
        site.answers("/invariants", HOLDING.formatted("""
                , {"id": "I2", "title": "No domain without a lease", "sentence": "x", "holds": false, "violations": [
                    {"invariant": "I2", "what": "Its lease is over.", "since": "2026-01-01T11:59:30Z", "age": "PT30S",
                     "subjects": [{"kind": "node", "id": "n1"}], "healing": "It is ended."}]}"""));

        Person.Result result = person.runs("invariants");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .contains("I2  NO     No domain without a lease")
                .contains("Its lease is over.  node n1  It is ended.");
        assertThat(person.runs("invariants", "-o", "json").exit()).isEqualTo(1);
    }

    @Test
    void invariantThatNobodyKnowsOf_fails() {
        site.answers("/invariants", HOLDING.formatted("""
                , {"id": "I3", "title": "Jobs", "sentence": "x", "unknown": "The scheduler is silent.",
                   "violations": []}"""));

        Person.Result result = person.runs("invariants");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("I3  unknown  Jobs").contains("The scheduler is silent.");
    }
}
