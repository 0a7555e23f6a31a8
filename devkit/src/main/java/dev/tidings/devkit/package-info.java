/**
 * The infrastructure parts as objects: PostgreSQL, Redis, a Kafka broker and Dapr sidecars, as operating system processes of
 * this machine that can be started, stopped, killed and frozen.
 *
 * <p>Used by integration tests (through {@link dev.tidings.devkit.Infrastructure}) and by the launcher behind {@code ./run}
 * (through the parts themselves). No service depends on it, and it knows no service.
 *
 * <p><b>Lifecycle.</b> A part's {@code start(...)} creates its data folder on the first run and returns when the part answers,
 * except {@link dev.tidings.devkit.Daprd}, whose readiness is awaited apart since sidecars start in parallel. Data outlives
 * {@code stop}, {@code kill} and {@code restart}. Whoever started a part stops it; nothing here survives by itself on purpose,
 * but a killed JVM leaves its processes behind.
 *
 * <p><b>Threads.</b> Every public method may be called from any thread; those that start or stop a process block.
 *
 * <p><b>Where binaries come from.</b> PostgreSQL and Redis are unpacked from jars, the broker runs from the local Maven
 * repository, daprd is found or built ({@link dev.tidings.devkit.DaprdBinary}). What is unpacked or built lies in the user's cache
 * folder, named by the hash of its content.
 */
@NullMarked
package dev.tidings.devkit;

import org.jspecify.annotations.NullMarked;
