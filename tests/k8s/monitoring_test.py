"""The alert rules and the dashboard: their form, what they do, and that each metric exists."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.request

import yaml

from manifests import BINARIES, ROOT, TOOLS

MONITORING = ROOT / "k8s" / "monitoring"
TESTS = ROOT / "tests" / "k8s" / "rules_test.yaml"
# What the cluster tells, not the daemons.
OF_THE_CLUSTER = {"up", "kubelet_volume_stats_available_bytes",
                  "kubelet_volume_stats_capacity_bytes",
                  "kube_cronjob_status_last_successful_time"}
POLICY = """
grants {
  identities { anyone: true }
  role: ROLE_READER
  clearance: TRAFFIC_LIGHT_CLEAR
}
"""


def rule_groups():
    return yaml.safe_load((MONITORING / "rules.yaml").read_text())["spec"]


def rules():
    return [rule for group in rule_groups()["groups"] for rule in group["rules"]]


def dashboard():
    return json.loads((MONITORING / "dashboard.json").read_text())


def dashboard_expressions():
    panels = dashboard()["panels"]
    variables = [variable["query"] for variable in dashboard()["templating"]["list"]
                 if variable["type"] == "query"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])] + variables


def metrics_in(expression):
    """The metrics that an expression reads: words before `{`, `[`, an operator or a bracket."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    bare = re.sub(r"\{[^}]*\}", "{}", bare)
    bare = re.sub(r"\b(?:by|without|on|ignoring) *\([^)]*\)", "", bare)
    return set(re.findall(r"(?<![\w:$])((?:attlas|process|kubelet|kube)[a-z_:0-9]*|up)(?![\w(])",
                          bare))


def promtool(*arguments, folder=None):
    return subprocess.run([TOOLS / "bin" / "promtool", *arguments], cwd=folder, check=False,
                          capture_output=True, text=True)


class Daemon:
    """A real daemon with everything that has metrics: store, policy, audit log and gateway."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        (folder / "policy.textproto").write_text(POLICY)
        self.process = subprocess.Popen(
            [BINARIES / "attlasd", "--listen=127.0.0.1:0", "--http_listen=127.0.0.1:0",
             "--admin_listen=127.0.0.1:0", f"--data_dir={folder}/store", "--create",
             f"--ontology={ROOT}/data/ontology.textproto", f"--policy={folder}/policy.textproto",
             f"--audit_dir={folder}/audit"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.web = re.search(r"web on (\S+?)[,;]", line).group(1)
        self.admin = "http://127.0.0.1:" + re.search(r"metrics on port (\d+)", line).group(1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=300)
        self.process.stdout.close()
        self.folder.cleanup()

    def get(self, path):
        with urllib.request.urlopen(self.admin + path, timeout=300) as answer:
            return answer.read().decode()

    def call(self, method, request):
        asked = urllib.request.Request(f"{self.web}/{method}", json.dumps(request).encode(),
                                       {"content-type": "application/json"})
        with urllib.request.urlopen(asked, timeout=300) as answer:
            return json.load(answer)


class MonitoringTest(unittest.TestCase):
    def test_the_rules_are_well_formed_and_do_what_they_say(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "rules.yaml").write_text(yaml.safe_dump(rule_groups()))
            (path / "tests.yaml").write_text(TESTS.read_text())
            checked = promtool("check", "rules", "rules.yaml", folder=folder)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
            tested = promtool("test", "rules", "tests.yaml", folder=folder)
            self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)

    def test_every_alert_is_tried_both_ways(self):
        fires, waits = set(), set()
        for test in yaml.safe_load(TESTS.read_text())["tests"]:
            for case in test["alert_rule_test"]:
                (fires if case["exp_alerts"] else waits).add(case["alertname"])
        alerts = {rule["alert"] for rule in rules() if "alert" in rule}
        self.assertEqual(alerts, fires)
        self.assertEqual(alerts, waits)

    def test_every_alert_says_what_it_is(self):
        for rule in rules():
            if "alert" in rule:
                with self.subTest(alert=rule["alert"]):
                    self.assertIn(rule["labels"]["severity"], ("warning", "critical"))
                    self.assertEqual(rule["annotations"].keys(), {"summary", "description"})

    def test_every_metric_is_one_of_a_real_daemon(self):
        recorded = {rule["record"] for rule in rules() if "record" in rule}
        with Daemon() as daemon:
            daemon.call("attlas.graph.v1.GraphService/GetStatistics", {})
            text = daemon.get("/metrics")
        checked = subprocess.run([TOOLS / "bin" / "promtool", "check", "metrics"], input=text,
                                 check=False, capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        there = set(re.findall(r"^([a-z_:0-9]+)", text, re.MULTILINE))
        asked = {}
        for rule in rules():
            for metric in metrics_in(rule["expr"]):
                asked.setdefault(metric, rule.get("alert", rule.get("record")))
        for expression in dashboard_expressions():
            for metric in metrics_in(expression):
                asked.setdefault(metric, "dashboard")
        self.assertGreater(len(asked), 30)
        for metric, where in sorted(asked.items()):
            with self.subTest(metric=metric, where=where):
                self.assertIn(metric, there | recorded | OF_THE_CLUSTER)

    def test_expressions_of_the_dashboard_can_be_parsed(self):
        expressions = [re.sub(r"\$__rate_interval", "5m", expression)
                       for expression in dashboard_expressions()
                       if not expression.startswith("label_values")]
        group = {"groups": [{"name": "dashboard", "rules": [
            {"record": f"panel:{index}", "expr": expression}
            for index, expression in enumerate(expressions)]}]}
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "rules.yaml").write_text(yaml.safe_dump(group))
            checked = promtool("check", "rules", "rules.yaml", folder=folder)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_metrics_are_found_in_expressions(self):
        self.assertEqual(metrics_in('sum by (service) (rate(attlas_a_total{code="attlas_b"}[5m]))'
                                    ' / attlas:c:rate5m > up'),
                         {"attlas_a_total", "attlas:c:rate5m", "up"})
        self.assertEqual(metrics_in("label_values(attlas_build_info, namespace)"),
                         {"attlas_build_info"})

    def test_panels_do_not_overlap(self):
        taken = set()
        for panel in dashboard()["panels"]:
            place = panel["gridPos"]
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])}
            self.assertFalse(cells & taken, panel["title"])
            self.assertLessEqual(place["x"] + place["w"], 24)
            taken |= cells


if __name__ == "__main__":
    unittest.main()
