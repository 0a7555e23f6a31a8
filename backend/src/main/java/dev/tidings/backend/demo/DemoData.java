package dev.tidings.backend.demo;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/** Inserts the demo data before the service becomes ready. */
@Component
@ConditionalOnBooleanProperty("tidings.demo-data")
class DemoData implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoData.class);

    private final DataSource dataSource;

    DemoData(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        new ResourceDatabasePopulator(
                        false, false, "UTF-8", new ClassPathResource("/dev/tidings/backend/demo/data.sql"))
                .execute(dataSource);
        log.info("Demo data was loaded: six courses, 600 trainers, ten products");
    }
}
