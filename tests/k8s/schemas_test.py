"""Every object has the form that its API asks for, with no field that the API does not know."""

import copy
import json
import unittest

import jsonschema
import kubernetes_validate
import yaml

from manifests import OVERLAYS, TOOLS, name_of, render

VERSION = "1.34"


class Loader(yaml.SafeLoader):
    """Takes a lone `=` for the text that it is."""


Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: node.value)


def closed(schema):
    """A schema of a resource definition, in which fields that it does not name are refused."""
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(value) if key in ("items", "additionalProperties") else value
              for key, value in schema.items()}
    if "properties" in schema:
        schema["properties"] = {name: closed(value)
                                for name, value in schema["properties"].items()}
        if "additionalProperties" not in schema and not schema.get(
                "x-kubernetes-preserve-unknown-fields"):
            schema["additionalProperties"] = False
    if "(?i)" in schema.get("pattern", ""):
        # Where Python wants it.
        schema["pattern"] = "(?i)" + schema["pattern"].replace("(?i)", "")
    if schema.get("x-kubernetes-int-or-string"):
        schema = {"type": ["integer", "string"]}
    if schema.get("nullable") and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    return schema


def custom_schemas():
    """By API version and kind, what the resource definitions say."""
    schemas = {}
    for path in sorted((TOOLS / "definitions").glob("*.yaml")):
        for definition in yaml.load_all(path.read_text(), Loader=Loader):
            if not definition or definition.get("kind") != "CustomResourceDefinition":
                continue
            spec = definition["spec"]
            for version in spec["versions"]:
                schema = closed(copy.deepcopy(version["schema"]["openAPIV3Schema"]))
                schema["properties"]["metadata"] = {"type": "object"}
                key = (f"{spec['group']}/{version['name']}", spec["names"]["kind"])
                schemas[key] = schema
    return schemas


CUSTOM = custom_schemas()


def validate(thing):
    schema = CUSTOM.get((thing["apiVersion"], thing["kind"]))
    if schema is not None:
        jsonschema.validate(thing, schema)
        return
    # A kind without a schema raises SchemaNotFoundError.
    kubernetes_validate.validate(thing, VERSION, strict=True)


class SchemasTest(unittest.TestCase):
    def test_every_object_has_the_form_of_its_api(self):
        for overlay in OVERLAYS:
            objects = render(overlay)
            self.assertGreater(len(objects), 40)
            for thing in objects:
                with self.subTest(overlay=overlay, object=name_of(thing)):
                    validate(thing)

    def test_nothing_is_there_twice(self):
        for overlay in OVERLAYS:
            names = [name_of(thing) for thing in render(overlay)]
            self.assertEqual(sorted(names), sorted(set(names)))

    def test_a_field_that_no_api_knows_is_found(self):
        # One object of each kind, with a word too much at the top of its specification.
        seen = set()
        for thing in render("prod"):
            if thing["kind"] in seen or "spec" not in thing:
                continue
            seen.add(thing["kind"])
            broken = json.loads(json.dumps(thing))
            broken["spec"]["replicsa"] = 1
            with self.subTest(kind=thing["kind"]), self.assertRaises(Exception):
                validate(broken)
        self.assertIn("Certificate", seen)
        self.assertIn("ServiceMonitor", seen)
        self.assertIn("StatefulSet", seen)


if __name__ == "__main__":
    unittest.main()
