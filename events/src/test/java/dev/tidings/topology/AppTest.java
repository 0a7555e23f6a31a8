package dev.tidings.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.EventType;
import dev.tidings.events.Topic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppTest {
    @Test
    void noTwoAppsShareAnIdAPortOrAConsumerGroup() {
        assertThat(App.values()).extracting(App::id).doesNotHaveDuplicates();
        assertThat(App.values()).extracting(App::port).doesNotHaveDuplicates();
        assertThat(App.values()).extracting(App::consumerGroup).doesNotHaveDuplicates();
    }

    /** R-PF-2…5. */
    @Test
    void theConsumerGroupsOfTheFlowHaveTheirNames() {
        assertThat(List.of(App.PURCHASE_WORKER, App.ALLOCATION_WORKER, App.SESSION_WORKER, App.CACHE_WORKER))
                .extracting(App::consumerGroup)
                .containsExactly(
                        "purchase-creation-workers",
                        "trainer-allocation-workers",
                        "session-scheduling-workers",
                        "cache-invalidation-workers");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEventTypeHasAPublisher(EventType type) {
        assertThat(App.values()).anyMatch(app -> app.publishedTypes().contains(type));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void aPushedEventTypeIsOnATopicWithAnAudience(EventType type) {
        assertThat(type.topic().audience().isPresent()).isEqualTo(type.push().pushed());
    }

    @ParameterizedTest
    @EnumSource(App.class)
    void anAppIsFoundByItsId(App app) {
        assertThat(App.of(app.id())).isEqualTo(app);
    }

    /** R-WS-12: the sidecar publishes the dead letter in the app's name. */
    @ParameterizedTest
    @EnumSource(App.class)
    void anAppWithDeadLettersMayPublishThem(App app) {
        assertThat(app.publishedTopics().contains(Topic.DEAD_LETTER_QUEUE)).isEqualTo(app.hasDeadLetters());
    }

    @Test
    void theTopicsOfAnAppAreThoseOfTheEventsItHandles() {
        assertThat(App.CACHE_WORKER.consumedTopics())
                .containsExactly(Topic.PURCHASE_CREATED, Topic.TRAINER_ALLOCATED, Topic.SESSIONS_GENERATED);
        assertThat(App.AUDIT_LOG_SERVICE.consumedTopics()).containsExactlyElementsOf(Arrays.asList(Topic.values()));
    }

    @Test
    void aStarInThePathOfACallStandsForOneSegment() {
        ServiceCall replay = ServiceCall.to(App.SESSION_WORKER).getFirst();

        assertThat("/events/order.created").matches(replay.pathPattern());
        assertThat("/events/order.created/more").doesNotMatch(replay.pathPattern());
    }
}
