package io.anemone.cli.command;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An optional value counts only when it is attached with an equals sign. Otherwise {@code --wait web} would take the
 * VM's name for the phase to wait for.
 */
public final class AttachedOnly implements IParameterPreprocessor {

    @Override
    @SuppressWarnings("JdkObsolete") // The Stack is picocli's.
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
        if (" ".equals(info.get("separator")) && argument instanceof OptionSpec option) {
            arguments.push(option.fallbackValue());
        }
        return false;
    }
}
