# The image of every daemon: what it hosts is said by its flags (k8s/README.md).
#
#   script/image            builds it by whatever is there, tries it, and says which way it went
#   docker build -t attlas .

FROM debian:12.11 AS build
ENV DEBIAN_FRONTEND=noninteractive
WORKDIR /source
COPY . .
RUN script/setup && script/build release attlas attlasd && script/web
RUN script/lib/image-root build/release/bin /image

# Nothing but the programs, their libraries and the dataset; 65532 may write into its volume alone.
FROM scratch
COPY --from=build /image/ /
USER 65532:65532
ENV LANG=C.UTF-8
WORKDIR /var/lib/attlas
EXPOSE 50151 50152 50153 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/attlasd"]
CMD ["--help"]
