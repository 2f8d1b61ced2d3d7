package io.anemone.agent.cache;

/** Is told how content comes to the node, and may have had enough of it. Called often. */
public interface CopyWatch {

    /** It is being copied by the caller. */
    void copied(long bytes);

    /** Somebody else copies it. */
    void waited(long bytes);

    /** Whether nobody wants it any more. */
    boolean abandoned();

    /** Looks away. */
    CopyWatch NONE = new CopyWatch() {
        @Override
        public void copied(long bytes) {}

        @Override
        public void waited(long bytes) {}

        @Override
        public boolean abandoned() {
            return false;
        }
    };
}
