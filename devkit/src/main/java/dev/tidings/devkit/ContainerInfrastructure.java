package dev.tidings.devkit;

/** placeholder */
final class ContainerInfrastructure {

    private ContainerInfrastructure() {}

    static Infrastructure start() {
        throw new IllegalStateException("not yet");
    }
}
