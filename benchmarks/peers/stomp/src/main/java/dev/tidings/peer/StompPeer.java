package dev.tidings.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * One node: POST /tasks writes a row in PostgreSQL and an event to Kafka; one node of the consumer group takes the event and publishes it
 * in Redis; every node sends what it hears there to the STOMP subscriptions of the user. Row and event are two writes: an event is lost if
 * the node ends between them.
 */
@SpringBootApplication
@EnableWebSocketMessageBroker
public class StompPeer implements WebSocketMessageBrokerConfigurer {
    private static final String TOPIC = "peer-tasks";
    private static final ChannelTopic CHANNEL = new ChannelTopic("stomp");

    record PeerRequest(String user, String title) {}

    record PeerTask(long id, String user, String title) {
        String json() {
            // The titles of the load generator need no escapes.
            return "{\"id\":%d,\"user_id\":\"%s\",\"title\":\"%s\"}".formatted(id, user, title);
        }
    }

    public static void main(String[] args) {
        SpringApplication.run(StompPeer.class, args);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/stomp");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/topic");
    }

    /** Takes what the relay publishes, on all nodes. */
    @Bean
    RedisMessageListenerContainer relay(RedisConnectionFactory redis, SimpMessagingTemplate sockets) {
        RedisMessageListenerContainer container = new RedisMessageListenerContainer();
        container.setConnectionFactory(redis);
        // On the thread of the connection, so that the order stays.
        container.setTaskExecutor(Runnable::run);
        container.addMessageListener(
                (message, _) -> {
                    String text = new String(message.getBody(), StandardCharsets.UTF_8);
                    int end = text.indexOf('\n');
                    sockets.convertAndSend("/topic/" + text.substring(0, end), text.substring(end + 1));
                },
                CHANNEL);
        return container;
    }

    @RestController
    static class PeerEndpoint {
        private final JdbcClient database;
        private final KafkaTemplate<String, String> kafka;
        private final StringRedisTemplate redis;

        PeerEndpoint(JdbcClient database, KafkaTemplate<String, String> kafka, StringRedisTemplate redis) {
            this.database = database;
            this.kafka = kafka;
            this.redis = redis;
        }

        @PostMapping("/tasks")
        @ResponseStatus(HttpStatus.CREATED)
        CompletableFuture<PeerTask> create(@RequestBody PeerRequest task) {
            long id = database.sql("INSERT INTO peer_task (user_id, title) VALUES (?, ?) RETURNING id")
                    .params(task.user(), task.title())
                    .query(Long.class)
                    .single();
            PeerTask created = new PeerTask(id, task.user(), task.title());
            return kafka.send(TOPIC, task.user(), created.json()).thenApply(_ -> created);
        }

        @KafkaListener(topics = TOPIC)
        void publish(List<ConsumerRecord<String, String>> records) {
            records.forEach(event -> redis.convertAndSend(CHANNEL.getTopic(), event.key() + "\n" + event.value()));
        }
    }
}
