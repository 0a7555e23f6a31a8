/**
 * A service's connection to its Dapr sidecar. All traffic between a service and its sidecar goes through this module.
 *
 * <ul>
 *   <li>Settings: {@link dev.tidings.sidecar.SidecarSettings}, {@code tidings.sidecar.*}, with the same values in all services
 *       ({@code defaults.yaml}).
 *   <li>Publishing: {@link dev.tidings.sidecar.EventPublisher}. An event leaves as a whole CloudEvent in structured mode, since Dapr
 *       otherwise makes a new id and time at each attempt. The partition key goes beside it as metadata, from which the Kafka
 *       component makes the record's key.
 *   <li>Receiving: a service declares a bean {@link dev.tidings.sidecar.Subscriptions}. One controller answers {@code GET
 *       /dapr/subscribe}, {@code GET /dapr/config} and {@code POST /events/<topic>}, reads the batches with {@link
 *       dev.tidings.sidecar.CloudEventReader}, calls the service's {@link dev.tidings.sidecar.EventBatchHandler}, and publishes the dead
 *       letters. A single CloudEvent at the same path is a replay.
 *   <li>Service invocation: {@link dev.tidings.sidecar.ServiceInvocation}, with {@link dev.tidings.sidecar.InvocationReply}.
 *   <li>State stores: {@link dev.tidings.sidecar.state.StateStore}.
 *   <li>Authentication: {@code InvocationFilter} refuses calls of other apps except those of {@link
 *       dev.tidings.topology.ServiceCall}; {@code CallbackTokenFilter} accepts callbacks of the own sidecar alone, by the token
 *       that both were given at their start ({@code APP_API_TOKEN}).
 *   <li>Health: {@link dev.tidings.sidecar.SidecarProbe} and the indicator {@code sidecar}.
 *   <li>Trace context: {@link dev.tidings.sidecar.TraceContext}, set for each request below {@code /api}. Spans: {@link
 *       dev.tidings.sidecar.tracing.EventSpans}.
 * </ul>
 *
 * <p>A service starts without its sidecar, and the sidecar may restart at any time. The beans are created by auto-configuration; all
 * are safe for any thread. The module does not know the database, the outbox or any business event.
 */
@NullMarked
package dev.tidings.sidecar;

import org.jspecify.annotations.NullMarked;
