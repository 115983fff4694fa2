"""The manifests as a cluster would get them, and the words in which the checks speak of them."""

import os
import pathlib
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "build" / "k8s"
BINARIES = pathlib.Path(os.environ.get("ATTLAS_BINARIES", ROOT / "build" / "release" / "bin"))
OVERLAYS = sorted(path.name for path in (ROOT / "k8s" / "overlays").iterdir())

POD_KINDS = ("Deployment", "StatefulSet", "CronJob", "Job", "DaemonSet")


def render(overlay):
    """Every object of an overlay."""
    text = subprocess.run(
        [TOOLS / "bin" / "kustomize", "build", ROOT / "k8s" / "overlays" / overlay],
        check=True, capture_output=True, text=True).stdout
    return [document for document in yaml.safe_load_all(text) if document]


def name_of(thing):
    return f"{thing['kind']}/{thing['metadata']['name']}"


def of_kind(objects, *kinds):
    return [thing for thing in objects if thing["kind"] in kinds]


def pod_template(workload):
    """The template of the pods that a workload makes."""
    spec = workload["spec"]
    if workload["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec["template"]


def containers_of(workload):
    spec = pod_template(workload)["spec"]
    return spec.get("initContainers", []) + spec["containers"]


def labels_of(workload):
    return pod_template(workload)["metadata"]["labels"]


def is_long_running(workload):
    return workload["kind"] in ("Deployment", "StatefulSet", "DaemonSet")


def selects(selector, labels):
    """Whether a label selector takes these labels."""
    if any(labels.get(key) != value for key, value in selector.get("matchLabels", {}).items()):
        return False
    for expression in selector.get("matchExpressions", []):
        value = labels.get(expression["key"])
        if expression["operator"] == "In" and value not in expression["values"]:
            return False
        if expression["operator"] == "Exists" and value is None:
            return False
        if expression["operator"] not in ("In", "Exists"):
            raise ValueError(f"the checks do not know {expression['operator']}")
    return True


def flags_of(container):
    """The flags of a container as pairs of name and value; None for a flag without a value."""
    pairs = []
    for argument in container.get("args", []):
        if argument.startswith("--"):
            name, equals, value = argument.partition("=")
            pairs.append((name, value if equals else None))
    return pairs


def flag(container, wanted):
    """The value of a flag; None where it is not there."""
    return next((value for name, value in flags_of(container) if name == wanted), None)


def port_of(container, reference):
    """The number of a container port by its name or number; None where there is none."""
    for port in container.get("ports", []):
        if reference in (port.get("name"), port["containerPort"]):
            return port["containerPort"]
    return None
