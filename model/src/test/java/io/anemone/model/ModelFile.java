package io.anemone.model;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import kodkod.engine.satlab.SATFactory;

/** One file of the model and all that it opens. */
record ModelFile(Path path) {

    private static final Path ROOT = Path.of("src/main/alloy");

    /** Alloy's own question to a file that asks none. */
    private static final String NO_QUESTION = "Default";

    /** @param folder relative to the model's own, or empty for the files in it */
    static List<ModelFile> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".als"))
                    .sorted()
                    .map(ModelFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Question> questions() {
        CompModule module = CompUtil.parseEverything_fromFile(A4Reporter.NOP, new HashMap<>(), path.toString());
        return module.getAllCommands().stream()
                .filter(command -> !command.label.equals(NO_QUESTION))
                .map(command -> new Question(this, module, command))
                .toList();
    }

    /** One {@code check} or {@code run}, with what it says that it finds. */
    record Question(ModelFile file, CompModule module, Command command) {

        /** A check finds a counterexample, a run an instance. */
        boolean finds() {
            A4Options options = new A4Options();
            options.solver = SATFactory.get("sat4j");
            A4Solution solution = TranslateAlloyToKodkod.execute_command(
                    A4Reporter.NOP, module.getAllReachableSigs(), command, options);
            return solution.satisfiable();
        }

        /** What {@code expect} says: 1 found, 0 not found, below 0 nothing said. */
        int expects() {
            return command.expects;
        }

        boolean check() {
            return command.check;
        }

        @Override
        public String toString() {
            return ROOT.relativize(file.path()) + ": " + (check() ? "check " : "run ") + command.label;
        }
    }
}
