package dev.tidings.local.supervision;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files with secrets: nobody but their owner can read them at any moment, and nobody sees half of one. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Replaces what is there. */
    public static void write(Path file, String content) {
        try {
            Files.move(draft(file, content), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    /** Leaves what is there: of two programs that do this at once, one wins. */
    public static void createIfMissing(Path file, String content) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Path draft = draft(file, content);
            try {
                Files.createLink(file, draft); // a move would replace what the other program made meanwhile
            } catch (FileAlreadyExistsException theOtherWon) {
                // its content is as good
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    private static Path draft(Path file, String content) throws IOException {
        Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path draft = Files.createTempFile(
                folder,
                String.valueOf(file.getFileName()),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(draft, content);
    }
}
