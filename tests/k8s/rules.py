"""What we ask of the manifests beyond their form. Each rule says what is wrong, in a line a fault.

A rule takes every object of an overlay and yields faults; `policy_test.py` holds each overlay, and
a broken copy of it, against each rule. The rules themselves are in `pod_rules.py` and
`call_rules.py`."""

from manifests import POD_KINDS, containers_of, name_of, of_kind

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
