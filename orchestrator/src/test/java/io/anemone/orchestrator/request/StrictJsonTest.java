package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.FieldException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final StrictJson json = new StrictJson();

    private RequestedVm read(String body) {
        return json.read(body.getBytes(StandardCharsets.UTF_8), RequestedVm.class);
    }

    private AnemoneException refusal(String body) {
        AnemoneException refusal = catchThrowableOfType(AnemoneException.class, () -> read(body));
        assertThat(refusal).as("refusal of %s", body).isNotNull();
        assertThat(refusal.getMessage()).endsWith(".").hasSizeLessThan(400).doesNotContain("\n", "io.anemone");
        return refusal;
    }

    @Test
    void goodBody_isRead() {
        RequestedVm vm = read("{\"name\":\"a\",\"vcpus\":2,\"sshKeys\":[\"k\"],\"labels\":{\"a\":\"b\"}}");

        assertThat(vm.name()).isEqualTo("a");
        assertThat(vm.vcpus()).isEqualTo(2);
        assertThat(vm.sshKeys()).containsExactly("k");
        assertThat(vm.labels()).containsEntry("a", "b");
        assertThat(vm.image()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.0", "1e99", "1e2", "\"2\"", "true", "[1]", "{}", "99999999999", "-0.5", "\"\""})
    void numberThatIsNotWhole_refusedByField(String number) {
        AnemoneException refusal = refusal("{\"vcpus\":" + number + "}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal).isInstanceOf(FieldException.class);
        assertThat(((FieldException) refusal).field()).isEqualTo("vcpus");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":1}|name",
                "{\"name\":true}|name",
                "{\"name\":[\"a\"]}|name",
                "{\"sshKeys\":\"k\"}|sshKeys",
                "{\"sshKeys\":[\"k\",1]}|sshKeys[1]",
                "{\"labels\":{\"a\":1}}|labels.a",
                "{\"labels\":[]}|labels"
            })
    void valueOfAnotherKind_refusedByField(String body, String field) {
        AnemoneException refusal = refusal(body);

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(((FieldException) refusal).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "null",
                "[]",
                "1",
                "\"a\"",
                "{} {}",
                "{}x",
                "{'name':'a'}",
                "{\"name\":\"a\",}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\nb\"}",
                "{\"vcpus\":NaN}",
                "{\"vcpus\":01}",
                "{\"vcpus\":1",
                "<vm/>",
                "name: a"
            })
    void bodyThatIsNotOneObject_refused(String body) {
        assertThat(refusal(body).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void unknownField_refusedByNameWithoutEchoingMuch() {
        AnemoneException refusal = refusal("{\"colour\\u0000\\u202e<" + "x".repeat(1000) + "\":1}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(refusal).hasMessageContaining("colour��<xxx");
    }

    @Test
    void deepNesting_refused() {
        assertThat(refusal("{\"labels\":{\"a\":" + "[".repeat(100_000)).code().httpStatus())
                .isEqualTo(400);
    }

    @Test
    void bodyOverTheLimit_refused() {
        AnemoneException refusal = catchThrowableOfType(
                AnemoneException.class, () -> json.read(new byte[StrictJson.MAX_BYTES + 1], RequestedVm.class));

        assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
    }
}
