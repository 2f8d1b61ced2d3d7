package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a VM is named on the command line; by {@code vm delete}, where a wrong guess would hurt most. */
class VmNamingTest extends CommandTest {

    private static final String ID_1 = "4f1c22ab-0000-4000-8000-000000000001";
    private static final String ID_2 = "4f1c22ab-0000-4000-8000-000000000002";

    @Test
    void beginningOfOneId_isEnough() {
        site.has(Vms.named("web"));

        Person.Result result = person.runs("vm", "delete", Vms.idOf("web").substring(0, 6));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("is STOPPING: Its owner ended it.");
        assertThat(site.requests("DELETE"))
                .extracting(FakeSite.Request::path)
                .containsExactly("/api/v1/vms/" + Vms.idOf("web"));
    }

    @Test
    void beginningOfTwoIds_isAnErrorThatNamesBoth() {
        site.has(Vms.named("web").put("id", ID_1));
        site.has(Vms.named("db").put("id", ID_2));

        Person.Result result = person.runs("vm", "delete", "4f1c");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains(ID_1, ID_2, "name the one you mean by its id");
        assertThat(site.requests("DELETE")).isEmpty();
    }

    @Test
    void nameOfTwoLiveVms_isAnError() {
        site.has(Vms.named("web").put("id", ID_1));
        site.has(Vms.named("web").put("id", ID_2));

        assertThat(person.runs("vm", "delete", "web").exit()).isEqualTo(1);
        assertThat(site.requests("DELETE")).isEmpty();
    }

    @Test
    void nameOfAVmThatIsOver_isNotFound() {
        site.has(Vms.failed("web", "INTERNAL", "x"));

        Person.Result result = person.runs("vm", "delete", "web");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("There is no live VM 'web'.");
    }

    @Test
    void nameThatLooksLikeAnId_isANameFirst() {
        site.has(Vms.named("4f1c").put("id", ID_2));
        site.has(Vms.named("web").put("id", ID_1));

        person.runs("vm", "delete", "4f1c");

        assertThat(site.requests("DELETE")).extracting(FakeSite.Request::path).containsExactly("/api/v1/vms/" + ID_2);
    }

    @Test
    void oneThatIsMissing_doesNotKeepTheOthers() {
        site.has(Vms.named("web"));
        site.has(Vms.named("db"));

        Person.Result result = person.runs("vm", "delete", "web", "nothing", "db");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(site.requests("DELETE")).hasSize(2);
    }

    @Test
    void slashesInAName_stayInTheirPlace() {
        Person.Result result = person.runs("vm", "show", "../../login?x=y");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(site.requests()).allMatch(request -> request.path().equals("/api/v1/vms"));
    }

    @Test
    void deleteWithWait_waitsForTheEnd() {
        site.has(Vms.ready("web"));
        site.goesThrough(Vms.idOf("web"), "STOPPING", "STOPPING", "STOPPED");

        Person.Result result = person.runs("vm", "delete", "web", "--wait");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("STOPPED");
    }
}
