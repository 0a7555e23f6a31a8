#!/usr/bin/env python3
"""Makes the JSON Schemas beside it anew: the kinds that the chart renders, and only these, closed against unknown fields.

    pip install kubernetes-validate pyyaml
    ./update.py

Kubernetes' own kinds come from the package kubernetes-validate, the others from the custom resource definitions in the Go modules
of Dapr (the version that tools/daprd builds), KEDA and the Prometheus operator. Descriptions are left out. dapr-annotations.txt has the
annotations of pods that Dapr's injector reads; it passes over any other. Needs Go for the download.
"""
import json
import pathlib
import re
import subprocess

import kubernetes_validate
import yaml

HERE = pathlib.Path(__file__).resolve().parent
# The oldest that Chart.yaml promises, and the newest.
KUBERNETES = ["1.30.0", "1.37.0"]
KINDS = """configmap-v1 secret-v1 service-v1 serviceaccount-v1 pod-v1 deployment-apps-v1 statefulset-apps-v1 job-batch-v1
    ingress-networking-v1 networkpolicy-networking-v1 poddisruptionbudget-policy-v1 horizontalpodautoscaler-autoscaling-v2""".split()
DEFINITIONS = {
    "github.com/dapr/dapr": (None, "charts/dapr/crds", ["components", "configuration", "resiliency", "subscription"]),
    "github.com/kedacore/keda/v2": ("v2.21.0", "config/crd/bases", ["keda.sh_scaledobjects"]),
    "github.com/prometheus-operator/prometheus-operator": (
        "v0.85.0", "example/prometheus-operator-crd",
        ["monitoring.coreos.com_servicemonitors", "monitoring.coreos.com_prometheusrules"]),
}


def plain(schema, reached):
    """Without descriptions; the names of the definitions it refers to are added to `reached`."""
    if isinstance(schema, list):
        return [plain(item, reached) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key == "properties":
            result[key] = {name: plain(property_, reached) for name, property_ in value.items()}
        elif key == "$ref":
            name = value.rsplit("/", 1)[1]
            reached.add(name)
            result[key] = "#/definitions/" + name
        elif key not in ("description", "format", "$schema") and not key.startswith("x-"):
            result[key] = plain(value, reached)
    return result


def kubernetes(version):
    source = (pathlib.Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / f"v{version}-local-strict")
    definitions = json.loads((source / "_definitions.json").read_text())["$defs"]
    for kind in KINDS:
        reached, done = set(), {}
        schema = plain(json.loads((source / f"{kind}.json").read_text()), reached)
        while missing := sorted(reached - done.keys()):
            for name in missing:
                done[name] = plain(definitions[name], reached)
        schema["definitions"] = dict(sorted(done.items()))
        write(HERE / version / f"{kind}.json", schema)


def closed(schema):
    """As the API server prunes unknown fields of a custom resource silently, they are made an error here."""
    for child in schema.get("properties", {}).values():
        closed(child)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            closed(schema[key])
    if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        schema["additionalProperties"] = False
    if schema.pop("x-kubernetes-int-or-string", False):
        schema.pop("type", None)
        schema["anyOf"] = [{"type": "integer"}, {"type": "string"}]


def downloaded(module, version):
    version = version or next(
        line.split()[1] for line in (HERE.parents[1] / "tools/daprd/go.mod").read_text().splitlines() if line.startswith(f"\t{module} "))
    download = subprocess.run(["go", "mod", "download", "-json", f"{module}@{version}"], check=True, capture_output=True)
    return pathlib.Path(json.loads(download.stdout)["Dir"])


def custom(module, version, folder, files):
    source = downloaded(module, version) / folder
    for file in files:
        definition = yaml.safe_load((source / f"{file}.yaml").read_text())["spec"]
        for served in definition["versions"]:
            schema = served["schema"]["openAPIV3Schema"]
            schema.setdefault("properties", {}).update(apiVersion={"type": "string"}, kind={"type": "string"}, metadata={"type": "object"})
            closed(schema)
            schema["properties"]["metadata"].pop("additionalProperties", None)
            name = f'{definition["names"]["kind"].lower()}-{definition["group"].split(".")[0]}-{served["name"]}.json'
            write(HERE / "custom" / name, plain(schema, set()))


def annotations():
    source = (downloaded("github.com/dapr/dapr", None) / "pkg/injector/annotations/annotations.go").read_text()
    (HERE / "dapr-annotations.txt").write_text("".join(name + "\n" for name in sorted(re.findall(r'= "(dapr\.io/[^"]+)"', source))))


def write(file, schema):
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(schema, separators=(",", ":")) + "\n")


for version in KUBERNETES:
    kubernetes(version)
for module, (version, folder, files) in DEFINITIONS.items():
    custom(module, version, folder, files)
annotations()
