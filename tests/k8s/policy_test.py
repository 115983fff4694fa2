"""Every overlay keeps every rule, and every rule finds what it is for."""

import copy
import unittest

import call_rules  # It adds its rules to those of rules.py.
import pod_rules  # The same.
import rules
from manifests import OVERLAYS, containers_of, name_of, of_kind, pod_template, render


def deployment(objects):
    return next(d for d in of_kind(objects, "Deployment")
                if d["metadata"]["name"] == "attlas-synergy")


def daemon(objects):
    return containers_of(deployment(objects))[0]


def change_flag(objects, name, value):
    container = daemon(objects)
    container["args"] = [argument for argument in container["args"]
                         if not argument.startswith(name + "=")]
    if value is not None:
        container["args"].append(f"{name}={value}")


def remove(objects, kind, name):
    objects[:] = [t for t in objects if (t["kind"], t["metadata"]["name"]) != (kind, name)]


def policy_text(objects):
    return next(t for t in of_kind(objects, "ConfigMap") if "policy.textproto" in t["data"])["data"]


# For each rule, what breaks it.
BREAKS = {
    "images_are_pinned": [
        lambda all: daemon(all).update(image="registry.example/attlas:latest"),
        lambda all: daemon(all).update(image="registry.example:5000/attlas")],
    "nobody_is_root": [
        lambda all: pod_template(deployment(all))["spec"]["securityContext"].pop("runAsNonRoot"),
        lambda all: pod_template(deployment(all))["spec"]["securityContext"].update(runAsUser=0),
        lambda all: pod_template(deployment(all))["spec"].update(hostNetwork=True),
        lambda all: pod_template(deployment(all))["spec"].pop("automountServiceAccountToken")],
    "containers_are_confined": [
        lambda all: daemon(all)["securityContext"].update(readOnlyRootFilesystem=False),
        lambda all: daemon(all)["securityContext"].pop("capabilities"),
        lambda all: daemon(all).pop("securityContext")],
    "resources_are_bounded": [
        lambda all: daemon(all)["resources"]["limits"].pop("memory"),
        lambda all: daemon(all).pop("resources")],
    "probes_are_set": [
        lambda all: daemon(all).pop("readinessProbe"),
        lambda all: daemon(all)["startupProbe"]["grpc"].update(port=50151),
        lambda all: daemon(all)["livenessProbe"]["grpc"].pop("service")],
    "listeners_are_ports": [
        lambda all: change_flag(all, "--listen", "0.0.0.0:50150"),
        lambda all: daemon(all)["ports"].pop()],
    "services_reach_pods": [
        lambda all: daemon(all)["ports"][0].update(name="rpc"),
        lambda all: remove(all, "Deployment", "attlas-synergy")],
    "addresses_are_served": [
        lambda all: change_flag(all, "--graph_address", "dns:///attlas-store:50151"),
        lambda all: change_flag(all, "--graph_address", "dns:///attlas-graph:50150"),
        lambda all: remove(all, "Certificate", "attlas-graph")],
    "upstreams_host_what_is_asked": [
        lambda all: change_flag(all, "--services", "transfers")],
    "calls_are_mutually_authenticated": [
        lambda all: change_flag(all, "--tls_client_ca", None),
        lambda all: change_flag(all, "--upstream_ca", None),
        lambda all: daemon(all)["args"].append("--insecure_public")],
    "callers_are_in_the_policy": [
        lambda all: policy_text(all).update(
            {"policy.textproto": policy_text(all)["policy.textproto"].replace("synergy", "none")}),
        lambda all: remove(all, "Certificate", "attlas-synergy"),
        lambda all: remove(all, "ConfigMap", "attlas-policy")],
    "secrets_are_references": [
        lambda all: all.append({"kind": "Secret", "metadata": {"name": "s"}, "data": {"a": "b"}}),
        lambda all: remove(all, "Certificate", "attlas-synergy"),
        lambda all: change_flag(all, "--page_token_key", "hunter2"),
        lambda all: daemon(all).update(env=[{"name": "API_TOKEN", "value": "hunter2"}])],
    "files_are_mounted": [
        lambda all: change_flag(all, "--policy", "/etc/policy.textproto"),
        lambda all: daemon(all)["volumeMounts"].pop()],
    "everything_is_denied_by_default": [
        lambda all: remove(all, "NetworkPolicy", "default-deny")],
    "network_policies_fit": [
        lambda all: remove(all, "NetworkPolicy", "services"),
        lambda all: remove(all, "NetworkPolicy", "graph"),
        lambda all: daemon(all)["ports"][1].update(name="metrics")],
    "disruptions_are_bounded": [
        lambda all: remove(all, "PodDisruptionBudget", "attlas-synergy")],
    "stateless_pods_scale_and_spread": [
        lambda all: remove(all, "HorizontalPodAutoscaler", "attlas-synergy"),
        lambda all: deployment(all)["spec"].update(replicas=2),
        lambda all: pod_template(deployment(all))["spec"]["topologySpreadConstraints"].pop(),
        lambda all: pod_template(deployment(all))["spec"]["topologySpreadConstraints"][0].update(
            labelSelector={})],
    "drains_have_time": [
        lambda all: change_flag(all, "--drain_seconds", "60")],
    "the_namespace_is_restricted": [
        lambda all: of_kind(all, "Namespace")[0]["metadata"].pop("labels"),
        lambda all: deployment(all)["metadata"].update(namespace="default")],
    "accounts_are_there": [
        lambda all: remove(all, "ServiceAccount", "attlas-synergy")],
}


class PolicyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.objects = {overlay: render(overlay) for overlay in OVERLAYS}

    def test_every_overlay_keeps_every_rule(self):
        for overlay, objects in self.objects.items():
            for rule in rules.RULES:
                with self.subTest(overlay=overlay, rule=rule.__name__):
                    self.assertEqual(list(rule(objects)), [])

    def test_every_rule_finds_what_breaks_it(self):
        self.assertEqual({rule.__name__ for rule in rules.RULES}, BREAKS.keys())
        for rule in rules.RULES:
            for index, break_it in enumerate(BREAKS[rule.__name__]):
                broken = copy.deepcopy(self.objects["prod"])
                break_it(broken)
                with self.subTest(rule=rule.__name__, index=index):
                    self.assertNotEqual(list(rule(broken)), [])

    def test_the_overlays_have_what_the_topology_needs(self):
        for overlay, objects in self.objects.items():
            names = {name_of(thing) for thing in objects}
            with self.subTest(overlay=overlay):
                self.assertIn("StatefulSet/attlas-graph", names)
                for component in ("cooperation", "gateway", "instruments", "synergy", "transfers"):
                    self.assertIn(f"Deployment/attlas-{component}", names)
        prod = {name_of(thing) for thing in self.objects["prod"]}
        self.assertLessEqual({"CronJob/attlas-backup", "ServiceMonitor/attlas",
                              "PrometheusRule/attlas", "Ingress/attlas-gateway"}, prod)


if __name__ == "__main__":
    unittest.main()
