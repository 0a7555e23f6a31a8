/**
 * The chart is checked as a user gets it: rendered by helm with each file of values, then held against Kubernetes' schemas, against
 * kube-score's rules, and against the files of this project that name the same things ({@code dapr.yaml}, {@code dapr-components},
 * {@code application.yaml}, {@code events}).
 *
 * <p>helm, kubeconform and kube-score are built from {@code tools/} by the first check that needs them; no cluster is needed.
 * {@code make charts} writes the generated files anew: it runs {@link dev.tidings.charts.GeneratedFilesTest} with
 * {@code -Dtidings.charts.write=true}.
 */
@NullMarked
package dev.tidings.charts;

import org.jspecify.annotations.NullMarked;
