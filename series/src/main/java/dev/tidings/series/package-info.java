/**
 * The figures of the last hour that each replica of each service keeps in memory, so that the operator's console has its charts
 * without a monitoring system.
 *
 * <p>{@code SeriesRecorder} reads the meters of {@link dev.tidings.series.Measure} every {@value dev.tidings.series.SeriesRecorder#STEP_MILLIS}
 * ms, at the same times of day in all replicas, and keeps what is not zero: about 1 KB per step, 360 steps. It changes no meter and
 * costs the path of an event nothing. {@code SeriesController} answers the backend, which asks through the sidecar (service
 * invocation) while a console is open; nobody else may ask, because answers contain figures of the whole business.
 *
 * <p>An answer is of the one replica that got the request. The backend asks again and again and recognizes replicas by {@link
 * dev.tidings.series.SeriesPage#instance}. A replica that ends takes its figures with it.
 *
 * <p>Threads: one timer thread records, any thread reads. Must not import services.
 */
@NullMarked
package dev.tidings.series;

import org.jspecify.annotations.NullMarked;
