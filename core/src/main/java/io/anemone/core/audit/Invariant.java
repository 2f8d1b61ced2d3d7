package io.anemone.core.audit;

/** What must be true of a site at all times. */
public enum Invariant {
    I1("One domain for each VM", "A VM has at most one live domain, over the whole site."),
    I2("No domain without a lease", "A domain is gone within 10 s of the end of its lease."),
    I3("Jobs and leases belong together", "There is no job without a lease and no lease without its job."),
    I4(
            "Nothing acknowledged is lost",
            "Every VM and lease has its whole history, and what was decided is carried out."),
    I5("Nothing ends without evidence", "What is unknown, stale or missing ends nothing: every end has its proof."),
    I6("No lease is oversold", "The VMs on a lease never need more than it grants."),
    I7("Nothing is stuck", "Every phase that must pass does so by its deadline, and a delete is always carried out."),
    I8(
            "Everybody keeps to what is theirs",
            "A VM runs on its owner's lease or a pool's, and a lease in its owner's job."),
    I9("Nothing is left on a node", "Of a VM that is over no disk, seed or socket stays on a node.");

    private final String title;
    private final String sentence;

    Invariant(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    /** A few words for a table. */
    public String title() {
        return title;
    }

    public String sentence() {
        return sentence;
    }
}
