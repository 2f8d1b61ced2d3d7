package io.anemone.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.image.ImageContent.DiskFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageContentTest {

    private static final ImageFile A = file("a", 'a');
    private static final ImageFile B = file("b", 'b');

    private static ImageFile file(String name, char digit) {
        return new ImageFile(name, String.valueOf(digit).repeat(64), 1);
    }

    @Test
    void digest_changesWithAllThatDecidesHowAGuestStarts_andWithNothingElse() {
        // Given
        List<ImageContent> contents = List.of(
                new ImageContent(A, null, null, null, null, 0),
                new ImageContent(B, null, null, null, null, 0),
                new ImageContent(A, B, null, null, null, 0),
                new ImageContent(A, null, "-", null, null, 0),
                new ImageContent(A, null, "", null, null, 0),
                new ImageContent(A, null, null, B, DiskFormat.RAW, 1),
                new ImageContent(A, null, null, B, DiskFormat.QCOW2, 1));

        // When / Then
        assertThat(contents)
                .extracting(ImageContent::digest)
                .doesNotHaveDuplicates()
                .allMatch(ImageFile::isDigest);
        assertThat(new ImageContent(file("other", 'a'), null, null, null, null, 0).digest())
                .isEqualTo(contents.getFirst().digest());
    }
}
