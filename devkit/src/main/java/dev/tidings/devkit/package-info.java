/**
 * The infrastructure as objects: PostgreSQL, Redis, a Kafka broker and Dapr sidecars, as operating system processes of this machine that
 * can be started, stopped, killed and suspended.
 *
 * <p>Used by integration tests (through {@code Infrastructure} in the test jar) and by the launcher behind {@code ./run} (through the
 * parts). No service depends on it. Must not import any service.
 *
 * <p><b>Lifecycle.</b> {@code start(...)} of a part creates its data folder on the first run and returns when the part answers, except for
 * {@link dev.tidings.devkit.Daprd}, which is awaited separately because sidecars start in parallel. Data survives {@code stop}, {@code
 * kill} and {@code restart}. The code that starts a part must stop it; a killed JVM leaves its processes behind.
 *
 * <p><b>Threads.</b> All public methods are safe for any thread. Methods that start or stop a process block.
 *
 * <p><b>Binaries.</b> PostgreSQL and Redis are unpacked from jars, the broker runs from the local Maven repository, daprd is found or
 * built ({@link dev.tidings.devkit.DaprdBinary}). Unpacked and built files are in the cache folder of the user, named by the hash of their
 * content.
 */
@NullMarked
package dev.tidings.devkit;

import org.jspecify.annotations.NullMarked;
