package io.anemone.agent.domain;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What is copied of a domain that runs, and where to (https://libvirt.org/formatbackup.html). */
public final class BackupXml {

    private BackupXml() {}

    /**
     * @param disk as the domain's definition names its target
     * @param file a qcow2 that is there; it stays whose it is: libvirt would give it to root afterwards
     */
    public static String of(String disk, String file) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            Markup markup = new Markup(xml);
            markup.start("domainbackup", "mode", "push");
            markup.start("disks");
            markup.start("disk", "name", disk, "backup", "yes", "type", "file");
            markup.empty("driver", "type", "qcow2");
            markup.start("target", "file", file);
            markup.empty("seclabel", "model", "dac", "relabel", "no");
            markup.end();
            markup.end();
            markup.end();
            markup.end();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }
}
