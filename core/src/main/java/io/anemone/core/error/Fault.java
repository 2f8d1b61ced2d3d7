package io.anemone.core.error;

/** Whose fault a failure is, which decides what follows. */
public enum Fault {
    /** The request itself cannot work anywhere: the VM ends with a clear message. */
    SPEC,
    /** This node or lease could not do it: another attempt is made elsewhere, within limits. */
    NODE,
    /** The caller may not do this, or asked for something that is not there. */
    CALLER,
    /** A part of the site does not answer at the moment. */
    SITE
}
