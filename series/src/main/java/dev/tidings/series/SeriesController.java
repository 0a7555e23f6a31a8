package dev.tidings.series;

import dev.tidings.edge.problems.Problems;
import dev.tidings.sidecar.SidecarCalls;
import dev.tidings.topology.App;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers the backend, which asks through the sidecars. */
@RestController
class SeriesController {
    private final SeriesRecorder recorder;
    private final SidecarCalls calls;

    SeriesController(SeriesRecorder recorder, SidecarCalls calls) {
        this.recorder = recorder;
        this.calls = calls;
    }

    /** @param known the last slots that the caller has of some replicas, as {@link SeriesPaths#known} writes them */
    @GetMapping(SeriesPaths.SERIES)
    SeriesPage series(HttpServletRequest request, @RequestParam(defaultValue = "") List<String> known) {
        if (!calls.isFrom(App.BACKEND.id(), request)) {
            throw Problems.refused(HttpStatus.UNAUTHORIZED, "only the backend may ask here, through the sidecar");
        }
        return recorder.after(SeriesPaths.lastOf(recorder.instance(), known));
    }
}
