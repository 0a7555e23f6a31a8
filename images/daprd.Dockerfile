# The lean sidecar of tools/daprd, for the setting dapr.sidecarImage. Its context has one file: daprd, a static program.
ARG BASE=gcr.io/distroless/static-debian13:nonroot
FROM ${BASE}
COPY daprd /daprd
USER 65532:65532
# No entry point: Dapr's injector passes the program's path with its arguments.
CMD ["/daprd"]
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title=daprd \
      org.opencontainers.image.version=${VERSION} \
      org.opencontainers.image.revision=${REVISION} \
      org.opencontainers.image.description="Dapr's sidecar with the components that Tidings uses"
