package dev.tidings.local.supervision;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Writes files that only their owner can read, atomically. For secrets. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Replaces an existing file. */
    public static void write(Path file, String content) {
        try {
            Files.move(draft(file, content), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    /** Keeps an existing file. If two programs create it at once, one of them wins. */
    public static void createIfMissing(Path file, String content) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Path draft = draft(file, content);
            try {
                Files.createLink(file, draft); // a move would replace a file that another program has created
            } catch (FileAlreadyExistsException theOtherWon) {
                // its content is as valid
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
