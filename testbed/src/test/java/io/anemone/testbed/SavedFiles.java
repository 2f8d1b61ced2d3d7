package io.anemone.testbed;

import java.util.List;

/** What agents of an account keep of suspended guests, on the home that all machines share. */
final class SavedFiles {

    private final Box box;
    private final String account;

    SavedFiles(Box box, String account) {
        this.box = box;
        this.account = account;
    }

    /** Of this VM: mode, owner and attempt of each. */
    List<String> of(Guest guest) {
        String directory = "/home/" + account + "/.local/state/anemone/suspended/" + guest.id();
        Ran found = box.asRoot("head", "find", directory, "-mindepth", "1", "-maxdepth", "1", "-printf", "%M %u %f\n");
        return found.err().contains("No such file or directory") ? List.of() : found.lines();
    }
}
