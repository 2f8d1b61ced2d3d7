package io.anemone.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.model.ModelFile.Question;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks the model all of its questions: see README.md of this module. */
class ModelTest {

    private static final String VARIANTS = "without";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyQuestion_isAnsweredAsItSays(Question question) {
        assertThat(question.finds()).as("%s", question).isEqualTo(question.expects() == 1);
    }

    static Stream<Question> everyQuestion_isAnsweredAsItSays() {
        return Stream.of("", VARIANTS)
                .map(ModelFile::in)
                .flatMap(List::stream)
                .flatMap(file -> file.questions().stream());
    }

    /** Takes some minutes: {@code -Danemone.model.larger=true}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    @EnabledIfSystemProperty(named = "anemone.model.larger", matches = "true")
    void withMoreParties_everyQuestionIsAnsweredAsItSays(Question question) {
        assertThat(question.finds()).as("%s", question).isEqualTo(question.expects() == 1);
    }

    static Stream<Question> withMoreParties_everyQuestionIsAnsweredAsItSays() {
        return ModelFile.in("larger").stream().flatMap(file -> file.questions().stream());
    }

    /** A check that cannot fail and a history that cannot be show nothing. */
    @Test
    void checksFindNothing_runsFindAnInstance_andEveryVariantIsFoundOut() {
        List<Question> model = Stream.of("", "larger")
                .map(ModelFile::in)
                .flatMap(List::stream)
                .flatMap(file -> file.questions().stream())
                .toList();

        assertThat(model).anyMatch(Question::check).anyMatch(question -> !question.check());
        assertThat(model).allSatisfy(question -> assertThat(question.expects()).isEqualTo(question.check() ? 0 : 1));
        assertThat(ModelFile.in(VARIANTS))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(variant -> assertThat(variant.questions())
                        .as("%s", variant.path())
                        .anyMatch(question -> question.check() && question.expects() == 1));
    }
}
