package io.anemone.agent.link;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

/** Messages as JSON: {@code {"type": …, "body": …}}. Unknown fields are passed over, so that a side may be newer. */
public final class WireJson {

    private final ObjectMapper json;

    public WireJson() {
        SimpleModule wire = new SimpleModule();
        wire.addSerializer(VmId.class, ToStringSerializer.instance);
        wire.addSerializer(LeaseId.class, ToStringSerializer.instance);
        wire.addDeserializer(VmId.class, new IdDeserializer<>(VmId.class, VmId::parse));
        wire.addDeserializer(LeaseId.class, new IdDeserializer<>(LeaseId.class, LeaseId::parse));
        wire.addSerializer(Join.class, new JoinSerializer());
        json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(wire)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    public String write(AgentMessage message) {
        return writeTyped(WireTypes.AGENT, message);
    }

    /** @throws IOException if it is no message of the protocol */
    public OrchestratorMessage read(String text) throws IOException {
        JsonNode node = json.readTree(text);
        Class<? extends OrchestratorMessage> type =
                WireTypes.ORCHESTRATOR.get(node.path("type").asText());
        if (type == null) {
            throw new IOException("unknown message type " + node.path("type"));
        }
        return json.treeToValue(node.path("body"), type);
    }

    /** Any other value, e.g. for the journal. */
    public String writeValue(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    public <T> T readValue(String text, Class<T> type) throws IOException {
        return json.readValue(text, type);
    }

    private <T> String writeTyped(Map<String, Class<? extends T>> types, T message) {
        ObjectNode node = json.createObjectNode();
        node.put("type", typeOf(types, message));
        node.set("body", json.valueToTree(message));
        return node.toString();
    }

    private static <T> String typeOf(Map<String, Class<? extends T>> types, T message) {
        for (Map.Entry<String, Class<? extends T>> entry : types.entrySet()) {
            if (entry.getValue().isInstance(message)) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("no wire type for " + message.getClass());
    }

    private static final class IdDeserializer<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parse;

        IdDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return parse.apply(parser.getText());
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(parser.getText(), handledType(), "not an id");
            }
        }
    }

    private static final class JoinSerializer extends StdSerializer<Join> {
        private static final long serialVersionUID = 1L;

        JoinSerializer() {
            super(Join.class);
        }

        @Override
        public void serialize(Join join, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField("type", typeOf(WireTypes.JOIN, join));
            out.writeObjectFieldStart("body");
            switch (join) {
                case Join.WithToken(LeaseId lease, String token) -> {
                    out.writeStringField("lease", lease.toString());
                    out.writeStringField("token", token);
                }
                case Join.Again(LeaseId lease, String secret) -> {
                    out.writeStringField("lease", lease.toString());
                    out.writeStringField("secret", secret);
                }
                case Join.Direct(String credential, Join.VmRequest request) -> {
                    out.writeStringField("credential", credential);
                    out.writeObjectField("request", request);
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }
}
