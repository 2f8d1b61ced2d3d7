package io.anemone.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A site, and a person who is logged in there. */
abstract class CommandTest {

    FakeSite site = newSite();
    Person person = new Person(Path.of("/nonexistent"));
    Path home = Path.of("/nonexistent");

    @BeforeEach
    void logIn(@TempDir Path directory) {
        home = directory;
        person = Person.loggedInAt(site, directory);
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    private static FakeSite newSite() {
        try {
            return new FakeSite();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
