/**
 * The topology as data: the apps, the topics and event types that each publishes and consumes, and the calls between apps.
 *
 * <p>{@link dev.tidings.topology.App} and {@link dev.tidings.topology.ServiceCall} are the only place for these facts. The services
 * and the launcher read them at run time. {@code make generated} writes them into the files that other programs read: the scopes in
 * {@code dapr-components}, {@code dapr.yaml}, and the chart's {@code files/topology.yaml} and {@code database.sql}. A test fails when
 * one of these files differs.
 *
 * <p>The topics and event types themselves are in {@link dev.tidings.events.Topic} and {@link dev.tidings.events.EventType}.
 * Everything is immutable and safe for any thread.
 */
@NullMarked
package dev.tidings.topology;

import org.jspecify.annotations.NullMarked;
