package io.anemone.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageReferenceTest {

    @Test
    void reference_isReadAndWrittenAlike() {
        for (String text : new String[] {"micro", "debian-12", "alice/solver", "micro@1", "Alice.B/solver_2.0@999"}) {
            assertThat(ImageReference.parse(text)).get().hasToString(text);
        }
        assertThat(ImageReference.parse("alice/solver@3")).contains(new ImageReference("alice/solver", 3));
    }

    @Test
    void whatIsNoReference_isNotTakenForOne() {
        String[] texts = {
            "",
            "@",
            "micro@",
            "micro@0",
            "micro@-1",
            "micro@01",
            "micro@9999999999",
            "../micro",
            "a/../b",
            "a/b/c",
            "/micro",
            "micro/",
            "Micro",
            "a b",
            "micro\n",
            "micro@1@2",
            "-x",
            ".x",
            "alice/.x"
        };
        for (String text : texts) {
            assertThat(ImageReference.parse(text)).as(text).isEmpty();
        }
    }
}
