package dev.tidings.local.cli;

import dev.tidings.local.supervision.FolderLock;
import dev.tidings.local.supervision.Folders;
import dev.tidings.local.supervision.Ledger;
import dev.tidings.local.supervision.LocalState;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.supervision.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Implements {@code ./run stop} and {@code ./run reset}, from another terminal or after the launcher was killed. */
final class Shutdown {

    /** Longer than an orderly stop takes: the sum of the slowest part of each tier. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private Shutdown() {}

    static void stop(Path folder, Console console) {
        console.line(stopAndDescribe(folder, console));
    }

    static void reset(Path folder, Console console) {
        stopAndDescribe(folder, console);
        try (FolderLock _ = FolderLock.take(folder)) {
            Folders.delete(folder.resolve("data"));
            console.line("Stopped. The data is removed.");
        } catch (IOException e) {
            throw Problem.of("cannot remove %s (%s). Remove it by hand.".formatted(folder.resolve("data"), e), e);
        }
    }

    private static String stopAndDescribe(Path folder, Console console) {
        Optional<ProcessId> launcher = LocalState.in(folder).launcher();
        if (launcher.isPresent()) {
            console.note("stopping, the services first");
            terminate(launcher.get());
        }
        try (FolderLock _ = FolderLock.take(folder)) {
            int leftovers = Ledger.endLeftovers(folder, Ledger.GRACE, console::note);
            Files.deleteIfExists(LocalState.fileIn(folder));
            return launcher.isPresent() || leftovers > 0 ? "Stopped." : "Not running.";
        } catch (IOException e) {
            throw Problem.cannotWrite(folder, e);
        }
    }

    private static void terminate(ProcessId launcher) {
        launcher.find().ifPresent(ProcessHandle::destroy);
        if (!ProcessId.awaitEnd(List.of(launcher), PATIENCE)) {
            launcher.find().ifPresent(ProcessHandle::destroyForcibly);
            ProcessId.awaitEnd(List.of(launcher), PATIENCE);
        }
    }
}
