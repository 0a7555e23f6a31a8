package dev.tidings.workers.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.Topic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;

class AuditTopicsTest {
    @Test
    void everyTopicIsSubscribedAndHasItsPath() {
        List<io.dapr.Topic> subscribed = Arrays.stream(AuditTopics.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(io.dapr.Topic.class))
                .filter(topic -> topic != null)
                .toList();
        List<String> paths = Arrays.stream(AuditTopics.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(PostMapping.class))
                .filter(mapping -> mapping != null)
                .map(mapping -> mapping.value()[0])
                .toList();

        assertThat(subscribed)
                .extracting(io.dapr.Topic::name)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::wireName).toList());
        assertThat(paths)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> "/events/" + topic.wireName())
                        .toList());
    }
}
