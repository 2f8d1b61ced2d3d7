package io.anemone.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class OnNodeTest {

    @Test
    void addressOfTheNode_isReachedFromLoopback() throws Exception {
        assertThat(OnNode.source(InetAddress.getByName("127.0.0.1")))
                .isNotNull()
                .satisfies(source -> assertThat(source.getHostString()).isEqualTo("127.0.0.1"));
    }

    @Test
    void otherAddress_isReachedFromAnywhere() throws Exception {
        assertThat(OnNode.source(InetAddress.getByName("192.0.2.1"))).isNull();
        assertThat(OnNode.source(InetAddress.getByName("2001:db8::1"))).isNull();
        assertThat(OnNode.source(null)).isNull();
    }
}
