package io.anemone.orchestrator.image;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageReference;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.VmSize;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.image.RequestedImage.RequestedFile;
import io.anemone.orchestrator.problem.Characters;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a revision of what somebody wrote, or refuses it with the field and one sentence that says what to do. */
@ApplicationScoped
class ImageRequestParser {

    private static final int MAX_TEXT = 1024;
    private static final int MAX_SECONDS = 24 * 60 * 60;
    private static final int MAX_MEMORY_MIB = 4 * 1024 * 1024;
    private static final int MAX_DISK_GIB = 64 * 1024;
    private static final int DEFAULT_MEMORY_MIB = 256;
    private static final Duration DEFAULT_READINESS = Duration.ofMinutes(3);
    private static final Pattern NAME = Pattern.compile(ImageReference.SIMPLE_NAME);
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private final ImageConfig config;
    private final ImportSources sources;
    private final ImageCatalog site;

    ImageRequestParser(ImageConfig config, ImportSources sources, ImageCatalog site) {
        this.config = config;
        this.sources = sources;
        this.site = site;
    }

    NewRevision parse(RequestedImage request, Caller caller) {
        ImageTier tier = tier(request.tier(), caller);
        String simple = simple(request.name());
        if (tier == ImageTier.GOLDEN && !(site.look(simple) instanceof ImageLookup.Absent)) {
            throw FieldException.invalid(
                    "name", "The image " + simple + " is in the site's image directory: change it there.");
        }
        String name = tier == ImageTier.GOLDEN ? simple : ofUser(caller.name(), simple);
        List<NewRevision.NewFile> files = files(request.files());
        return new NewRevision(name, caller.name(), tier, about(request, simple, files), files);
    }

    /** {@code OWNER/NAME}. */
    static String ofUser(String owner, @Nullable String name) {
        String whole = owner + "/" + simple(name);
        if (ImageReference.parse(whole).isEmpty()) {
            throw FieldException.invalid("name", "Your account has a name that no image can have: ask an operator.");
        }
        return whole;
    }

    private static String simple(@Nullable String name) {
        String simple = name == null ? "" : name;
        if (!NAME.matcher(simple).matches()) {
            throw FieldException.invalid(
                    "name",
                    "The name " + Echo.of(simple) + " cannot be an image's: use 1 to 63 lower-case letters, digits and"
                            + " . _ - , with a letter or digit first.");
        }
        return simple;
    }

    private static ImageTier tier(@Nullable String tier, Caller caller) {
        return switch (tier) {
            case null -> ImageTier.USER;
            case "user" -> ImageTier.USER;
            case "golden" -> {
                if (!caller.operator()) {
                    throw new AnemoneException(ErrorCode.FORBIDDEN, "Golden images are made by operators.");
                }
                yield ImageTier.GOLDEN;
            }
            default -> throw FieldException.invalid("tier", "The tier must be user or golden.");
        };
    }

    private RevisionRecord.Description about(RequestedImage request, String name, List<NewRevision.NewFile> files) {
        boolean kernel = has(files, FileRole.KERNEL);
        String cmdline = request.cmdline() == null ? null : line("cmdline", request.cmdline());
        if (cmdline != null && !kernel) {
            throw FieldException.invalid("cmdline", "A command line means nothing without a kernel: leave it out.");
        }
        if (request.defaultUser() == null
                || !USER.matcher(request.defaultUser()).matches()) {
            throw FieldException.invalid(
                    "defaultUser", "Give the account that ssh keys are for, for example debian or root.");
        }
        return new RevisionRecord.Description(
                line("description", request.description() == null ? name : request.description()),
                cmdline,
                format(request.diskFormat(), has(files, FileRole.DISK)),
                request.defaultUser(),
                readiness(request.readiness()),
                new ImageNeeds(
                        whole(
                                "minMemoryMiB",
                                request.minMemoryMiB(),
                                DEFAULT_MEMORY_MIB,
                                VmSize.MIN_MEMORY_MIB,
                                MAX_MEMORY_MIB),
                        whole("minDiskGiB", request.minDiskGiB(), 0, 0, MAX_DISK_GIB),
                        ImageNeeds.Architecture.X86_64));
    }

    private static @Nullable DiskFormat format(@Nullable String format, boolean disk) {
        if (format != null && !disk) {
            throw FieldException.invalid("diskFormat", "A disk's format means nothing without a disk: leave it out.");
        }
        return switch (format) {
            case "qcow2" -> DiskFormat.QCOW2;
            case "raw" -> DiskFormat.RAW;
            case null -> {
                if (disk) {
                    throw FieldException.invalid("diskFormat", "Say what the disk is: qcow2 or raw.");
                }
                yield null;
            }
            default ->
                throw FieldException.invalid(
                        "diskFormat",
                        "Disks of the format " + Echo.of(format) + " are not taken: convert it with qemu-img convert -O"
                                + " qcow2.");
        };
    }

    private static ReadinessProbe readiness(RequestedImage.@Nullable Readiness readiness) {
        if (readiness == null) {
            return new ReadinessProbe(ReadinessProbe.Kind.SSH, DEFAULT_READINESS);
        }
        int seconds = whole(
                "readiness.timeoutSeconds",
                readiness.timeoutSeconds(),
                (int) DEFAULT_READINESS.toSeconds(),
                1,
                MAX_SECONDS);
        return switch (readiness.kind()) {
            case "ssh" -> new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(seconds));
            case "agent" -> new ReadinessProbe(ReadinessProbe.Kind.AGENT, Duration.ofSeconds(seconds));
            case "cloud-init" -> new ReadinessProbe(ReadinessProbe.Kind.CLOUD_INIT, Duration.ofSeconds(seconds));
            case "none" -> new ReadinessProbe(ReadinessProbe.Kind.NONE, Duration.ofSeconds(seconds));
            case null, default ->
                throw FieldException.invalid(
                        "readiness.kind", "The kind of readiness must be ssh, agent, cloud-init or none.");
        };
    }

    private List<NewRevision.NewFile> files(@Nullable List<@Nullable RequestedFile> requested) {
        List<NewRevision.NewFile> files = new ArrayList<>();
        Set<FileRole> seen = EnumSet.noneOf(FileRole.class);
        for (RequestedFile file : requested == null ? List.<RequestedFile>of() : requested) {
            NewRevision.NewFile made = file("files[" + files.size() + "]", file);
            if (!seen.add(made.role())) {
                throw FieldException.invalid("files", "There are two files of one role: leave one out.");
            }
            files.add(made);
        }
        if (!seen.contains(FileRole.DISK) && !seen.contains(FileRole.KERNEL)) {
            throw FieldException.invalid("files", "Give a disk or a kernel to boot from.");
        }
        if (seen.contains(FileRole.INITRD) && !seen.contains(FileRole.KERNEL)) {
            throw FieldException.invalid("files", "An initrd means nothing without a kernel: add one.");
        }
        return files;
    }

    private NewRevision.NewFile file(String field, @Nullable RequestedFile file) {
        if (file == null || file.role() == null) {
            throw FieldException.invalid(field + ".role", "Say what the file is: disk, kernel or initrd.");
        }
        FileRole role = FileRole.of(file.role())
                .orElseThrow(() -> FieldException.invalid(field + ".role", "The role must be disk, kernel or initrd."));
        if ((file.bytes() == null) == (file.source() == null)) {
            throw FieldException.invalid(
                    field + ".bytes", "Give either bytes, to upload it, or a source, to import it.");
        }
        if (file.sha256() != null && !ImageFile.isDigest(file.sha256())) {
            throw FieldException.invalid(
                    field + ".sha256", "A SHA-256 has 64 hexadecimal digits in lower case, as sha256sum writes it.");
        }
        if (file.source() != null) {
            sources.check(field + ".source", file.source());
            if (file.sha256() == null && config.imports().checksum()) {
                throw FieldException.invalid(field + ".sha256", "Say the SHA-256 of what is imported.");
            }
        }
        long most = (role == FileRole.DISK
                        ? config.limits().file()
                        : config.limits().boot())
                .asLongValue();
        if (file.bytes() != null && (file.bytes() < 1 || file.bytes() > most)) {
            throw FieldException.invalid(
                    field + ".bytes",
                    "A " + role.text() + " has from 1 to " + most + " bytes here, not " + file.bytes() + ".");
        }
        return new NewRevision.NewFile(role, file.bytes(), file.sha256(), file.source());
    }

    private static boolean has(List<NewRevision.NewFile> files, FileRole role) {
        return files.stream().anyMatch(file -> file.role() == role);
    }

    private static String line(String field, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT || !Characters.harmless(text)) {
            throw FieldException.invalid(
                    field, "The " + field + " must be one line of at most " + MAX_TEXT + " characters.");
        }
        return text.strip();
    }

    private static int whole(String field, @Nullable Integer value, int ifAbsent, int least, int most) {
        int number = value == null ? ifAbsent : value;
        if (number < least || number > most) {
            throw FieldException.invalid(field, "The field " + field + " must be from " + least + " to " + most + ".");
        }
        return number;
    }
}
