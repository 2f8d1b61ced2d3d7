package io.anemone.agent.domain;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes elements whose names are ours and whose text may be anybody's: no text changes the structure, and what XML
 * could not carry unchanged is refused with an {@link IllegalArgumentException}.
 */
final class Markup {

    private final XMLStreamWriter xml;

    Markup(XMLStreamWriter xml) {
        this.xml = xml;
    }

    void start(String name, String... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        attributes(attributes);
    }

    void end() throws XMLStreamException {
        xml.writeEndElement();
    }

    void element(String name, String text, String... attributes) throws XMLStreamException {
        start(name, attributes);
        xml.writeCharacters(clean(text));
        end();
    }

    void optional(String name, @Nullable String text) throws XMLStreamException {
        if (text != null) {
            element(name, text);
        }
    }

    /** @param attributes names and values in turn */
    void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    /** XML cannot carry most control characters and quietly changes others; none has any business here. */
    static String clean(String text) {
        boolean dirty = text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF));
        if (dirty) {
            throw new IllegalArgumentException("a control character in the VM's definition");
        }
        return text;
    }
}
