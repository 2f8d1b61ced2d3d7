package io.anemone.orchestrator.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
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
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Messages between orchestrator and agent as JSON, {@code {"type": …, "body": …}}, both ways. Unknown fields are passed
 * over, so that a side may be newer.
 */
public final class WireJson {

    private static final String TYPE = "type";
    private static final String BODY = "body";

    private final ObjectMapper json;

    public WireJson() {
        SimpleModule wire = new SimpleModule();
        wire.addSerializer(VmId.class, ToStringSerializer.instance);
        wire.addSerializer(LeaseId.class, ToStringSerializer.instance);
        wire.addDeserializer(VmId.class, new IdDeserializer<>(VmId.class, VmId::new));
        wire.addDeserializer(LeaseId.class, new IdDeserializer<>(LeaseId.class, LeaseId::new));
        wire.addSerializer(Join.class, new JoinSerializer(new JsonMapper().registerModule(ids())));
        wire.addDeserializer(Join.class, new JoinDeserializer());
        json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(wire)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    private static SimpleModule ids() {
        SimpleModule ids = new SimpleModule();
        ids.addSerializer(LeaseId.class, ToStringSerializer.instance);
        return ids;
    }

    public String write(AgentMessage message) {
        return write(WireTypes.AGENT, message);
    }

    public String write(OrchestratorMessage message) {
        return write(WireTypes.ORCHESTRATOR, message);
    }

    /** @throws IOException if it is no message of an agent; its text holds nothing of the message's own */
    public AgentMessage readAgent(String text) throws IOException {
        return read(WireTypes.AGENT, text);
    }

    /** @throws IOException if it is no message of an orchestrator */
    public OrchestratorMessage readOrchestrator(String text) throws IOException {
        return read(WireTypes.ORCHESTRATOR, text);
    }

    /** @throws IOException if it is none; its text holds nothing of the message's own */
    public StreamHello readStreamHello(String text) throws IOException {
        try {
            return json.readValue(text, StreamHello.class);
        } catch (JsonProcessingException e) {
            throw new IOException("not a stream's hello", e);
        }
    }

    /** @throws IOException if it is none; its text holds nothing of the report's own */
    public SaveReport readSaveReport(String text) throws IOException {
        try {
            return Objects.requireNonNull(json.readValue(text, SaveReport.class));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new IOException("not a report of a disk", e);
        }
    }

    private <T> String write(Map<String, Class<? extends T>> types, T message) {
        try {
            ObjectNode node = json.createObjectNode();
            node.put(TYPE, typeOf(types, message));
            node.set(BODY, json.valueToTree(message));
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + message.getClass(), e);
        }
    }

    private <T> T read(Map<String, Class<? extends T>> types, String text) throws IOException {
        try {
            JsonNode node = json.readTree(text);
            Class<? extends T> type = classOf(types, node.path(TYPE).asText());
            JsonNode body = node.path(BODY);
            if (!body.isObject()) {
                throw new IOException("not a message of the protocol: no body");
            }
            return json.treeToValue(body, type);
        } catch (JsonProcessingException e) {
            // Jackson's message may quote the input, and that may hold a secret.
            throw new IOException("not a message of the protocol", e);
        }
    }

    private static <T> Class<? extends T> classOf(Map<String, Class<? extends T>> types, String type)
            throws IOException {
        Class<? extends T> found = types.get(type);
        if (found == null) {
            throw new IOException("not a message of the protocol: unknown type");
        }
        return found;
    }

    private static <T> String typeOf(Map<String, Class<? extends T>> types, T message) {
        return types.entrySet().stream()
                .filter(entry -> entry.getValue().isInstance(message))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no wire type for " + message.getClass()));
    }

    private static final class IdDeserializer<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<UUID, T> make;

        IdDeserializer(Class<T> type, Function<UUID, T> make) {
            super(type);
            this.make = make;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return make.apply(UUID.fromString(parser.getText()));
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(parser, "not an id", e);
            }
        }
    }

    private static final class JoinDeserializer extends StdDeserializer<Join> {
        private static final long serialVersionUID = 1L;

        JoinDeserializer() {
            super(Join.class);
        }

        @Override
        public Join deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = parser.readValueAsTree();
            Class<? extends Join> type = classOf(WireTypes.JOIN, node.path(TYPE).asText());
            return context.readTreeAsValue(node.path(BODY), type);
        }
    }

    private static final class JoinSerializer extends StdSerializer<Join> {
        private static final long serialVersionUID = 1L;

        /** A mapper that does not know of this serializer, and so writes the record itself. */
        private final transient ObjectMapper plain;

        JoinSerializer(ObjectMapper plain) {
            super(Join.class);
            this.plain = plain;
        }

        @Override
        public void serialize(Join join, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField(TYPE, typeOf(WireTypes.JOIN, join));
            out.writeFieldName(BODY);
            out.writeTree(plain.valueToTree(join));
            out.writeEndObject();
        }
    }
}
