"""Who calls whom: at ports that there are, with names that are proved, and nobody else."""

import re

from manifests import (containers_of, flag, flags_of, is_long_running, labels_of, name_of, of_kind,
                       pod_template, port_of, selects)
from rules import each_container, rule, workloads


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
