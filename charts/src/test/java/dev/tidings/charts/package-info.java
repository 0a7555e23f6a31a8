/**
 * The chart is checked as a user gets it: rendered by helm with each file of values, then compared with Kubernetes' schemas,
 * with kube-score's rules, and with the services' settings.
 *
 * <p>helm, kubeconform and kube-score are built from {@code tools/} by the first check that needs them; no cluster is needed.
 * {@code make generated} writes the generated files: it runs {@link dev.tidings.charts.GeneratedFilesTest} with
 * {@code -Dtidings.generated.write=true}.
 */
@NullMarked
package dev.tidings.charts;

import org.jspecify.annotations.NullMarked;
