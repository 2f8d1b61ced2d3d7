package io.anemone.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {

    private static List<URI> urls(String text) {
        return AgentConfig.of(Map.of("SLURM_JOB_ID", "7", "ANEMONE_URL", text)).urls();
    }

    @Test
    void oneUrlOrSeveral_areTaken() {
        assertThat(urls("http://head:8080")).containsExactly(URI.create("http://head:8080"));
        assertThat(urls("http://a:8080, https://b"))
                .containsExactly(URI.create("http://a:8080"), URI.create("https://b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head:8080", "http://a,", "http://a,,http://b", "ftp://a", "http://a,file:///etc"})
    void whatIsNoUrl_isSaidSo(String text) {
        assertThatThrownBy(() -> urls(text)).isInstanceOf(UsageException.class).hasMessageContaining("ANEMONE_URL");
    }
}
