"""What we ask of the manifests beyond their form. Each rule says what is wrong, in a line a fault.

A rule takes every object of an overlay and yields faults; `policy_test.py` holds each overlay, and
a broken copy of it, against each rule."""

import re

from manifests import (POD_KINDS, containers_of, flag, flags_of, is_long_running, labels_of,
                       name_of, of_kind, pod_template, port_of, selects)

# Secrets that an operator makes; k8s/README.md says how.
GIVEN_SECRETS = {"attlas-page-token-key", "attlas-public-tls"}
# Flags whose value is a file or a folder.
PATH_FLAGS = ("--tls_cert", "--tls_key", "--tls_client_ca", "--upstream_ca", "--policy",
              "--page_token_key", "--data_dir", "--audit_dir", "--backup_dir", "--ontology",
              "--web_dir")
# What the image brings.
IMAGE_FOLDER = "/usr/share/attlas/"

RULES = []


def rule(function):
    RULES.append(function)
    return function


def workloads(objects):
    return of_kind(objects, *POD_KINDS)


def each_container(objects):
    for workload in workloads(objects):
        for container in containers_of(workload):
            yield f"{name_of(workload)} {container['name']}", workload, container


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
def listeners_are_ports(objects):
    for where, workload, container in each_container(objects):
        listening = {}
        for name, value in flags_of(container):
            if name.endswith("listen") and value:
                host, _, port = value.rpartition(":")
                if host == "0.0.0.0":
                    listening[int(port)] = name
        declared = {port["containerPort"] for port in container.get("ports", [])}
        for port in sorted(declared - listening.keys()):
            yield f"{where}: nothing listens on port {port}"
        for port in sorted(listening.keys() - declared):
            yield f"{where}: {listening[port]} listens on {port}, which is no port of it"


def pods_of(objects, selector):
    return [workload for workload in workloads(objects)
            if selects({"matchLabels": selector}, labels_of(workload))]


@rule
def services_reach_pods(objects):
    for service in of_kind(objects, "Service"):
        pods = pods_of(objects, service["spec"]["selector"])
        if len(pods) != 1:
            yield f"{name_of(service)}: selects the pods of {len(pods)} workloads"
        for pod in pods:
            for port in service["spec"]["ports"]:
                target = port.get("targetPort", port["port"])
                if all(port_of(container, target) is None for container in containers_of(pod)):
                    yield f"{name_of(service)}: {name_of(pod)} has no port {target}"


def dialed(container):
    """What a daemon calls: the flag, the host and the port of each address."""
    addresses = [("--graph_address", flag(container, "--graph_address"))]
    addresses += [(name, value.partition("=")[2]) for name, value in flags_of(container)
                  if name == "--upstream"]
    addresses.append(("--address", flag(container, "--address")))
    for name, address in addresses:
        if address:
            host, _, port = address.rpartition("/")[2].rpartition(":")
            yield name, host, int(port)


def secret_behind(workload, path):
    """The secret whose files are where `path` is."""
    pod = pod_template(workload)["spec"]
    volumes = {volume["name"]: volume for volume in pod.get("volumes", [])}
    for container in containers_of(workload):
        for mount in container.get("volumeMounts", []):
            if path and path.startswith(mount["mountPath"] + "/"):
                return volumes[mount["name"]].get("secret", {}).get("secretName")
    return None


def certificate_of(objects, workload):
    """The certificate that a workload shows; None for none."""
    for container in containers_of(workload):
        path = flag(container, "--tls_cert")
        for variable in container.get("env", []):
            if variable["name"] == "ATTLAS_TLS_CERT":
                path = variable.get("value")
        secret = secret_behind(workload, path)
        for certificate in of_kind(objects, "Certificate"):
            if certificate["spec"]["secretName"] == secret:
                return certificate
    return None


@rule
def addresses_are_served(objects):
    services = {service["metadata"]["name"]: service for service in of_kind(objects, "Service")}
    for where, _, container in each_container(objects):
        for name, host, port in dialed(container):
            service = services.get(host)
            ports = [] if service is None else [p["port"] for p in service["spec"]["ports"]]
            if port not in ports:
                yield f"{where}: {name} calls {host}:{port}, which no service has"
                continue
            (pod,) = pods_of(objects, service["spec"]["selector"])
            certificate = certificate_of(objects, pod)
            if certificate is None or host not in certificate["spec"].get("dnsNames", []):
                yield f"{where}: {name} calls {host}, whose certificate does not name it"
            if name != "--address" and service["spec"].get("clusterIP") != "None":
                yield f"{where}: {name} calls {host}, which is not headless: no balancing"


@rule
def upstreams_host_what_is_asked(objects):
    for where, _, container in each_container(objects):
        for name, value in flags_of(container):
            if name != "--upstream":
                continue
            service, _, address = value.partition("=")
            host = address.rpartition("/")[2].rpartition(":")[0]
            hosted = []
            for other in of_kind(objects, "Service"):
                if other["metadata"]["name"] == host:
                    for pod in pods_of(objects, other["spec"]["selector"]):
                        for daemon in containers_of(pod):
                            hosted += (flag(daemon, "--services") or "").split(",")
            if service not in hosted:
                yield f"{where}: {service} is not hosted at {host}"


@rule
def calls_are_mutually_authenticated(objects):
    for where, workload, container in each_container(objects):
        if not is_long_running(workload):
            continue
        for name in ("--tls_cert", "--tls_key", "--tls_client_ca", "--policy"):
            if not flag(container, name):
                yield f"{where}: has no {name}"
        calls = [name for name, _, _ in dialed(container)]
        if calls and not flag(container, "--upstream_ca"):
            yield f"{where}: calls others in plain text"
        if flag(container, "--insecure_public") or ("--insecure_public", None) in flags_of(
                container):
            yield f"{where}: lets strangers in"


@rule
def callers_are_in_the_policy(objects):
    policies = [thing["data"]["policy.textproto"] for thing in of_kind(objects, "ConfigMap")
                if "policy.textproto" in thing.get("data", {})]
    if len(policies) != 1:
        yield f"there are {len(policies)} policies"
        return
    blocks = re.findall(r"(?m)^(forwarders|grants) \{\n(.*?)^\}", policies[0], re.DOTALL)
    named = {kind: set(re.findall(r'certificate_uri: "([^"]+)"',
                                  "".join(body for k, body in blocks if k == kind)))
             for kind in ("forwarders", "grants")}
    forwarding = set()
    for _, workload, container in each_container(objects):
        certificate = certificate_of(objects, workload)
        if not list(dialed(container)):
            continue
        if certificate is None:
            yield f"{name_of(workload)}: calls others and shows no certificate"
            continue
        uris = certificate["spec"].get("uris", [])
        kind = "forwarders" if is_long_running(workload) else "grants"
        if len(uris) != 1 or uris[0] not in named[kind]:
            yield f"{name_of(workload)}: {uris} is not among the {kind} of the policy"
        if kind == "forwarders":
            forwarding.update(uris)
    for uri in sorted(named["forwarders"] - forwarding):
        yield f"the policy believes {uri}, which is no daemon that passes calls on"


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
def everything_is_denied_by_default(objects):
    policies = of_kind(objects, "NetworkPolicy")
    if not any(policy["spec"]["podSelector"] == {} and
               sorted(policy["spec"]["policyTypes"]) == ["Egress", "Ingress"] and
               not policy["spec"].get("ingress") and not policy["spec"].get("egress")
               for policy in policies):
        yield "no network policy denies everything to every pod"


@rule
def network_policies_fit(objects):
    """Each names pods and ports that there are, and every call that is made may be made."""
    policies = of_kind(objects, "NetworkPolicy")
    for policy in policies:
        pods = [w for w in workloads(objects) if selects(policy["spec"]["podSelector"],
                                                         labels_of(w))]
        if not pods:
            yield f"{name_of(policy)}: is for no pod"
        for entry in policy["spec"].get("ingress", []):
            for port in entry.get("ports", []):
                for pod in pods:
                    if all(port_of(c, port["port"]) is None for c in containers_of(pod)):
                        yield f"{name_of(policy)}: {name_of(pod)} has no port {port['port']}"
    for where, caller, container in each_container(objects):
        for _, host, _ in dialed(container):
            for service in of_kind(objects, "Service"):
                if service["metadata"]["name"] != host:
                    continue
                for callee in pods_of(objects, service["spec"]["selector"]):
                    if not may_call(policies, caller, callee, "grpc"):
                        yield f"{where}: no network policy lets it call {host}"


def may_call(policies, caller, callee, port):
    def allows(kind, peers, one, other):
        for policy in policies:
            if not selects(policy["spec"]["podSelector"], labels_of(one)):
                continue
            for entry in policy["spec"].get(kind, []):
                ports = [p["port"] for p in entry.get("ports", [])]
                here = any("podSelector" in peer and "namespaceSelector" not in peer and
                           selects(peer["podSelector"], labels_of(other))
                           for peer in entry.get(peers, []))
                if here and port in ports:
                    return True
        return False
    return (allows("ingress", "from", callee, caller) and allows("egress", "to", caller, callee))


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
