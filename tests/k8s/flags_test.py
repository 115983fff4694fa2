"""Every flag in a manifest is one that the program has, and the programs take the policies."""

import re
import subprocess
import tempfile
import unittest

from manifests import BINARIES, OVERLAYS, ROOT, flags_of, name_of, of_kind, render
from rules import each_container


def help_of(*command):
    return subprocess.run([BINARIES / command[0], *command[1:], "--help"], check=True,
                          capture_output=True, text=True).stdout


def flags_in(help_text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z_]*", help_text))


def command_of(container):
    """The program of a container and its sub-commands: attlasd where it says none."""
    program = container.get("command", ["/usr/bin/attlasd"])[0].rpartition("/")[2]
    words = []
    for argument in container.get("args", []):
        if argument.startswith("--"):
            break
        words.append(argument)
    return (program, *words)


class FlagsTest(unittest.TestCase):
    def test_every_flag_is_one_of_the_program(self):
        known = {}
        for overlay in OVERLAYS:
            for where, _, container in each_container(render(overlay)):
                command = command_of(container)
                if command not in known:
                    known[command] = flags_in(help_of(*command))
                for name, _ in flags_of(container):
                    with self.subTest(overlay=overlay, container=where, flag=name):
                        self.assertIn(name, known[command])
        self.assertIn(("attlasd",), known)

    def test_a_flag_that_the_program_lacks_is_found(self):
        self.assertNotIn("--lissten", flags_in(help_of("attlasd")))
        self.assertIn("--listen", flags_in(help_of("attlasd")))

    def test_the_daemon_takes_every_policy(self):
        for overlay in OVERLAYS:
            for thing in of_kind(render(overlay), "ConfigMap"):
                text = thing["data"].get("policy.textproto")
                if text is None:
                    continue
                with self.subTest(overlay=overlay, object=name_of(thing)):
                    self.assertNotIn("policy.textproto:", self.complaint_about(text))
                    self.assertIn("policy.textproto:", self.complaint_about(text + "grants {}"))

    def complaint_about(self, policy):
        """What a daemon with this policy, and a store that is not there, says as it ends."""
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/policy.textproto"
            with open(path, "w", encoding="utf-8") as file:
                file.write(policy)
            ended = subprocess.run(
                [BINARIES / "attlasd", "--listen=127.0.0.1:0", "--http_listen=", "--admin_listen=",
                 f"--policy={path}", f"--audit_dir={folder}/audit", f"--data_dir={folder}/none"],
                check=False, capture_output=True, text=True, timeout=300)
            self.assertEqual(ended.returncode, 1, ended.stderr)
            return ended.stderr


class ReadmeTest(unittest.TestCase):
    def test_every_object_is_explained(self):
        text = (ROOT / "k8s" / "README.md").read_text()
        for overlay in OVERLAYS:
            for thing in render(overlay):
                with self.subTest(overlay=overlay, object=name_of(thing)):
                    self.assertIn(f"`{thing['kind']}`", text)
                    self.assertIn(thing["metadata"]["name"].removesuffix("-dev"), text)


if __name__ == "__main__":
    unittest.main()
