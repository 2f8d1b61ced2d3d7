package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.SavedImage;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.image.Outcome;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm save-image}. */
@Command(
        name = "save-image",
        description = "Save the disk of a VM that runs as a private image of its owner's.",
        footer = {
            "",
            "Example:",
            "  anemone vm save-image web solver --wait",
            "  anemone vm create web2 --image YOU/solver",
            "",
            "What the guest has synced is in it. Memory, scratch disks and volumes are not."
        })
final class VmSaveImage implements Callable<Integer> {

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String given = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Of the image, without its owner; one that there is gets a new revision.")
    private String name = "";

    @Option(names = "--wait", description = "Wait until it can be booted.")
    private boolean wait;

    @Mixin
    private OutputOption output = new OutputOption();

    VmSaveImage(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        Vm vm = new VmFinder(api).vm(given);
        JsonNode answer = api.postOnce(
                "/vms/" + Api.segment(vm.id()) + "/image",
                Json.object().put("name", name),
                UUID.randomUUID().toString());
        SavedImage saved = Json.as(answer, SavedImage.class);
        if (!output.json()) {
            cli.print("VM " + VmText.identity(vm) + " is being saved as " + saved.reference());
        }
        if (wait) {
            JsonNode done = new Outcome(cli, api).of(saved.image(), saved.revision());
            if (output.json()) {
                cli.print(done);
            } else {
                cli.print(saved.reference() + " can be booted.");
            }
        } else if (output.json()) {
            cli.print(answer);
        }
        return ExitCode.DONE.code();
    }
}
