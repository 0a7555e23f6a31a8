/**
 * The parts of the system on one machine: which there are, how each is started, and where it listens.
 *
 * <p>{@link dev.tidings.local.topology.LocalStack} reads like a table of contents. {@code ServiceSpecs} lists the processes of services, {@code
 * Variables} makes their environment, and {@code Launches} starts each kind of part. The services
 * and their ports come from {@link dev.tidings.topology.App}. Secrets travel by environment variables, never by command line or log.
 *
 * <p>Must not import the services: it knows only their jars, ports and environment variables.
 */
@NullMarked
package dev.tidings.local.topology;

import org.jspecify.annotations.NullMarked;
