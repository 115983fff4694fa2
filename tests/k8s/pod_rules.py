"""How pods run: confined, bounded, with what they need, and through a loss of others."""

import re

from manifests import flag, flags_of, is_long_running, name_of, of_kind, pod_template
from rules import each_container, rule, workloads

# Secrets that an operator makes; k8s/README.md says how.
GIVEN_SECRETS = {"attlas-page-token-key", "attlas-public-tls"}
# Flags whose value is a file or a folder.
PATH_FLAGS = ("--tls_cert", "--tls_key", "--tls_client_ca", "--upstream_ca", "--policy",
              "--page_token_key", "--data_dir", "--audit_dir", "--backup_dir", "--ontology",
              "--web_dir")
# What the image brings.
IMAGE_FOLDER = "/usr/share/attlas/"


@rule
def images_are_pinned(objects):
    for where, _, container in each_container(objects):
        image = container["image"]
        tag = image.rpartition("/")[2].partition(":")[2]
        if "@sha256:" not in image and tag in ("", "latest"):
            yield f"{where}: the image {image} names no version"


@rule
def nobody_is_root(objects):
    for workload in workloads(objects):
        pod = pod_template(workload)["spec"]
        context = pod.get("securityContext", {})
        if context.get("runAsNonRoot") is not True or not context.get("runAsUser"):
            yield f"{name_of(workload)}: may run as root"
        if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"{name_of(workload)}: has no seccomp profile"
        if pod.get("hostNetwork") or pod.get("hostPID") or pod.get("hostIPC"):
            yield f"{name_of(workload)}: shares what is the host's"
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{name_of(workload)}: gets a token of the cluster, which it has no use for"


@rule
def containers_are_confined(objects):
    for where, _, container in each_container(objects):
        context = container.get("securityContext", {})
        if context.get("allowPrivilegeEscalation") is not False:
            yield f"{where}: may gain privileges"
        if context.get("readOnlyRootFilesystem") is not True:
            yield f"{where}: may write into its root"
        if context.get("capabilities", {}).get("drop") != ["ALL"]:
            yield f"{where}: keeps capabilities"
        if context.get("privileged"):
            yield f"{where}: is privileged"


@rule
def resources_are_bounded(objects):
    for where, _, container in each_container(objects):
        for part in ("requests", "limits"):
            for resource in ("cpu", "memory", "ephemeral-storage"):
                if resource not in container.get("resources", {}).get(part, {}):
                    yield f"{where}: {part} no {resource}"


@rule
def probes_are_set(objects):
    for where, workload, container in each_container(objects):
        if not is_long_running(workload):
            continue
        admin = (flag(container, "--admin_grpc_listen") or "").rpartition(":")[2]
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            grpc = container.get(probe, {}).get("grpc")
            if grpc is None:
                yield f"{where}: has no {probe} over gRPC"
            elif str(grpc["port"]) != admin:
                yield f"{where}: {probe} asks port {grpc['port']}, health is on {admin}"
        # A daemon that drains is not ready, and is no reason to kill it.
        if container.get("livenessProbe", {}).get("grpc", {}).get("service") != "liveness":
            yield f"{where}: livenessProbe would kill a daemon that drains"


@rule
def secrets_are_references(objects):
    for secret in of_kind(objects, "Secret"):
        yield f"{name_of(secret)}: a secret does not belong into a manifest"
    made = {thing["spec"]["secretName"] for thing in of_kind(objects, "Certificate")}
    for workload in workloads(objects):
        for volume in pod_template(workload)["spec"].get("volumes", []):
            secret = volume.get("secret", {}).get("secretName")
            if secret and secret not in made | GIVEN_SECRETS:
                yield f"{name_of(workload)}: nobody makes the secret {secret}"
    for where, _, container in each_container(objects):
        for variable in container.get("env", []):
            value = variable.get("value", "")
            if re.search("TOKEN|PASSWORD|SECRET|KEY", variable["name"]) and value[:1] not in ("", "/"):
                yield f"{where}: {variable['name']} has its value in the manifest"
        for name, value in flags_of(container):
            if re.search("key|token|password|secret", name) and value and value[:1] != "/":
                yield f"{where}: {name} has its value in the manifest"


@rule
def files_are_mounted(objects):
    for where, workload, container in each_container(objects):
        volumes = {volume["name"] for volume in pod_template(workload)["spec"].get("volumes", [])}
        volumes |= {claim["metadata"]["name"]
                    for claim in workload["spec"].get("volumeClaimTemplates", [])}
        mounts = container.get("volumeMounts", [])
        for mount in mounts:
            if mount["name"] not in volumes:
                yield f"{where}: there is no volume {mount['name']}"
        paths = [(name, value) for name, value in flags_of(container) if name in PATH_FLAGS]
        paths += [(variable["name"], variable["value"]) for variable in container.get("env", [])
                  if variable.get("value", "").startswith("/")]
        for name, path in paths:
            below = [m for m in mounts if path == m["mountPath"] or
                     path.startswith(m["mountPath"] + "/")]
            if not below and not path.startswith(IMAGE_FOLDER):
                yield f"{where}: {name} names {path}, where nothing is mounted"


@rule
def disruptions_are_bounded(objects):
    for workload in workloads(objects):
        if not is_long_running(workload):
            continue
        budgets = [b for b in of_kind(objects, "PodDisruptionBudget")
                   if b["spec"].get("selector") == workload["spec"]["selector"]]
        if len(budgets) != 1:
            yield f"{name_of(workload)}: has {len(budgets)} disruption budgets"


@rule
def stateless_pods_scale_and_spread(objects):
    for workload in of_kind(objects, "Deployment"):
        scalers = [s for s in of_kind(objects, "HorizontalPodAutoscaler")
                   if s["spec"]["scaleTargetRef"]["name"] == workload["metadata"]["name"]]
        if len(scalers) != 1:
            yield f"{name_of(workload)}: has {len(scalers)} autoscalers"
        if "replicas" in workload["spec"]:
            yield f"{name_of(workload)}: its replicas are the autoscaler's to choose"
        spread = pod_template(workload)["spec"].get("topologySpreadConstraints", [])
        keys = {constraint["topologyKey"] for constraint in spread}
        if keys != {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}:
            yield f"{name_of(workload)}: is not spread over zones and hosts"
        for constraint in spread:
            if constraint.get("labelSelector") != workload["spec"]["selector"]:
                yield f"{name_of(workload)}: spreads over the pods of others"


@rule
def drains_have_time(objects):
    for where, workload, container in each_container(objects):
        if not is_long_running(workload):
            continue
        grace = pod_template(workload)["spec"]["terminationGracePeriodSeconds"]
        pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        drain = int(flag(container, "--drain_seconds") or 30)
        if grace < drain + pause + 5:
            yield f"{where}: is killed after {grace} s; it needs {pause} + {drain} and some"


@rule
def the_namespace_is_restricted(objects):
    for namespace in of_kind(objects, "Namespace"):
        labels = namespace["metadata"].get("labels", {})
        if labels.get("pod-security.kubernetes.io/enforce") != "restricted":
            yield f"{name_of(namespace)}: enforces no Pod Security"
    names = {n["metadata"]["name"] for n in of_kind(objects, "Namespace")}
    for thing in objects:
        if thing["kind"] != "Namespace" and thing["metadata"].get("namespace") not in names:
            yield f"{name_of(thing)}: is in no namespace of ours"


@rule
def accounts_are_there(objects):
    accounts = {a["metadata"]["name"] for a in of_kind(objects, "ServiceAccount")}
    for workload in workloads(objects):
        if pod_template(workload)["spec"].get("serviceAccountName") not in accounts:
            yield f"{name_of(workload)}: has no account of its own"
