package dev.tidings.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * R-RL-6, on real starts of an application whose {@code spring.profiles.active} is that of the services. A setting without {@code --}
 * is an environment variable, and {@code ~} is a space.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProfileGuardIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                              | default",
                "TIDINGS_PROFILE=default                                       | default",
                "TIDINGS_PROFILE=production                                    | production",
                "SPRING_PROFILES_ACTIVE=production                             | production",
                "SPRING_PROFILES_DEFAULT=production SPRING_PROFILES_ACTIVE=    | production",
                "TIDINGS_PROFILE=production SPRING_PROFILES_ACTIVE=production  | production",
                "--spring.profiles.active=production                           | production",
                "--TIDINGS_PROFILE=production                                  | production",
                "TIDINGS_PROFILE=production TIDINGS_DEMO_DATA=false            | production",
                "TIDINGS_PROFILE=production TIDINGS_DEMO_SIGN_IN=              | production",
                "TIDINGS_DEMO_DATA=true TIDINGS_INSECURE=true                  | default",
            })
    void aKnownProfileStarts(String settings, String profile) {
        try (ConfigurableApplicationContext context = start(settings)) {
            assertThat(context.getEnvironment().matchesProfiles(profile)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TIDINGS_PROFILE=prod",
                "TIDINGS_PROFILE=Production",
                "TIDINGS_PROFILE=PRODUCTION",
                "TIDINGS_PROFILE=~production",
                "TIDINGS_PROFILE=production~",
                "TIDINGS_PROFILE=productіon", // a Cyrillic letter
                "TIDINGS_PROFILE=",
                "TIDINGS_PROFILE=dev",
                "TIDINGS_PROFILE=purchase-worker",
                "TIDINGS_PROFILE=production,debug",
                "TIDINGS_PROFILE=production,default",
                "TIDINGS_PROFILE=production SPRING_PROFILES_ACTIVE=default",
                "TIDINGS_PROFILE=production SPRING_PROFILES_ACTIVE=",
                "TIDINGS_PROFILE=production SPRING_PROFILES_ACTIVE=prod",
                "TIDINGS_PROFILE=default SPRING_PROFILES_ACTIVE=production",
                "TIDINGS_PROFILE=production SPRING_PROFILES_INCLUDE=debug",
                "TIDINGS_PROFILE=production --TIDINGS_PROFILE=default",
                "TIDINGS_PROFILE=production --tidings.profile=default",
                "TIDINGS_PROFILE=production --spring.profiles.active=default",
                "SPRING_PROFILES_ACTIVE=prod",
                "SPRING_PROFILES_ACTIVE=Production",
                "SPRING_PROFILES_DEFAULT=prod SPRING_PROFILES_ACTIVE=",
                "SPRING_PROFILES_INCLUDE=production",
                "SPRING_PROFILES_GROUP_DEFAULT=production",
                "SPRING_PROFILES_GROUP_DEFAULT_0=other",
                "SPRING_APPLICATION_JSON={\"spring.profiles.active\":\"prod\"}",
                "SPRING_APPLICATION_JSON={\"spring\":{\"profiles\":{\"active\":[\"default\",\"production\"]}}}",
                "SPRING_APPLICATION_JSON={\"TIDINGS_PROFILE\":\"default\"} TIDINGS_PROFILE=production",
                "--spring.profiles.active=prod",
                "--spring.profiles.active=default,production",
                "--spring.profiles.include=debug",
                "--tidings.profile=production",
                "--tidings.profile=prod",
                "--TIDINGS_PROFILE=prod",
            })
    void anyOtherProfileOrTwoThatContradictStopTheStart(String settings) {
        assertThatThrownBy(() -> start(settings)).isInstanceOf(RefusedStartException.class);
    }

    @Test
    void aConfigurationFileThatSetsTheProfileIsCheckedToo() throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "spring.profiles.active: prod\n");

        assertThatThrownBy(() -> start("--spring.config.additional-location=" + folder.toUri()))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageStartingWith("Unknown profile: 'prod'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TIDINGS_DEMO_DATA=true",
                "TIDINGS_DEMO_DATA=yes",
                "TIDINGS_DEMODATA=true",
                "TIDINGS_DEMO_SIGN_IN=TRUE",
                "TIDINGS_DEMOSIGNIN=true",
                "TIDINGS_INSECURE=true",
                "TIDINGS_SOCKET_INSECURE=1",
                "--tidings.demo-data=true",
                "--tidings.demoData=true",
                "--tidings.demo-sign-in=on",
                "--TIDINGS_DEMO_SIGN_IN=true",
                "--tidings.socket.insecure=true",
                "SPRING_APPLICATION_JSON={\"tidings\":{\"demo-data\":true}}",
                "SPRING_APPLICATION_JSON={\"tidings.demoSignIn\":\"true\"}",
                "TIDINGS_DEMO_DATA=true SPRING_MAIN_LAZY_INITIALIZATION=true",
                "SOME_DEMO=true --tidings.demo-data=${SOME_DEMO}",
            })
    void productionRefusesSwitchesForDevelopmentHoweverTheyAreSet(String setting) {
        assertThatThrownBy(() -> start("TIDINGS_PROFILE=production " + setting))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageStartingWith("Profile production rejects development switches, and these are on: TIDINGS_");
        start(setting).close();
    }

    @Test
    void aSwitchInAConfigurationFileOfTheProfileIsRefusedToo() throws IOException {
        Files.writeString(folder.resolve("application-production.yaml"), "tidings.demo-sign-in: true\n");

        assertThatThrownBy(
                        () -> start("TIDINGS_PROFILE=production --spring.config.additional-location=" + folder.toUri()))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("TIDINGS_DEMO_SIGN_IN");
    }

    @Test
    void aServiceMayHaveAProfileForEachOfItsRolesBesideTheOthers() {
        try (ConfigurableApplicationContext context = startRole("TIDINGS_PROFILE=production TIDINGS_WORKER=cook")) {
            assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("production", "cook");
        }
        for (String wrong : List.of(
                "TIDINGS_WORKER=production",
                "TIDINGS_WORKER=waiter",
                "TIDINGS_WORKER=cook,production",
                "TIDINGS_PROFILE=cook TIDINGS_WORKER=cook",
                "TIDINGS_WORKER=cook SPRING_PROFILES_ACTIVE=production")) {
            assertThatThrownBy(() -> startRole(wrong)).as(wrong).isInstanceOf(RefusedStartException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TIDINGS_PROFILE=prod",
                "TIDINGS_PROFILE=production,",
                "TIDINGS_PROFILE=prod!",
                "SPRING_PROFILES_ACTIVE=pro~d,"
            })
    void theReasonIsOneMessageThatListsTheKnownProfiles(String setting, CapturedOutput output) {
        assertThatThrownBy(() -> start(setting)).isInstanceOf(RuntimeException.class);

        assertThat(output)
                .containsPattern(
                        "Unknown profile: .*\\. The known profiles are: default, production\\. Names are case-sensitive\\.")
                .contains("Set TIDINGS_PROFILE to a known profile, or unset it for the first one.")
                .doesNotContain("\tat ");
    }

    private static ConfigurableApplicationContext start(String settings) {
        return start(
                "--spring.config.location=classpath:/service.yaml " + (settings == null ? "" : settings), List.of());
    }

    private static ConfigurableApplicationContext startRole(String settings) {
        RoleProfiles cooks = new RoleProfiles() {
            @Override
            public String variable() {
                return "TIDINGS_WORKER";
            }

            @Override
            public Set<String> names() {
                return Set.of("cook");
            }
        };
        return start("--spring.config.location=classpath:/role.yaml " + settings, List.of(cooks));
    }

    private static ConfigurableApplicationContext start(String settings, List<RoleProfiles> roles) {
        String[] all = settings.strip().split(" ");
        SpringApplication application = new SpringApplication(ProfileGuardIT.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setEnvironment(environment(Arrays.stream(all)
                .filter(setting -> !setting.startsWith("--"))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace('~', ' ')))));
        if (!roles.isEmpty()) {
            application.setInitializers(List.of(new ProfileGuard(roles)));
        }
        return application.run(
                Arrays.stream(all).filter(setting -> setting.startsWith("--")).toArray(String[]::new));
    }

    private static StandardEnvironment environment(Map<String, String> variables) {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addLast(new SystemEnvironmentPropertySource(
                        SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
            }
        };
    }
}
