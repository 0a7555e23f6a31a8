package dev.tidings.systemtests.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A folder in which other processes create and remove files while it is read. */
public final class ChangingFolder {

    private ChangingFolder() {}

    /**
     * Visits the folder itself and all files and folders below it, and passes over what is removed meanwhile.
     *
     * @param depth of the lowest folders that are looked into, as in {@link Files#walkFileTree}
     */
    public static void visit(Path folder, int depth, BiConsumer<Path, BasicFileAttributes> visitor) throws IOException {
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                visitor.accept(below, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                visitor.accept(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException removed) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path below, @Nullable IOException removed) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
