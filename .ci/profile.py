"""Checks a datapackage.json against the profiles of Data Package 2.0: profile.py DATAPACKAGE.json

The profiles are JSON Schemas, taken from dplib. Its copy does not know the type `list` that version 2.0 of
the standard brought, so what the standard says of such fields is checked here.
"""
import importlib.util
import json
import pathlib
import sys

import jsonschema

package = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
ITEM_TYPES = {"string", "integer", "boolean", "number", "datetime", "date", "time"}
profiles = pathlib.Path(importlib.util.find_spec("dplib").origin).parent / "profiles/2.0"


def faults(name, value, where):
    schema = json.loads((profiles / name).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [f"{where}: {'/'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(value)]


def lists(schema, where):
    """Checks the list fields of a table schema and turns them to strings, which the profile knows."""
    for field in schema["fields"]:
        if field["type"] == "list":
            field["type"] = "string"
            if field.pop("itemType", "string") not in ITEM_TYPES or not field.pop("delimiter", ","):
                yield f"{where}: {field['name']}: no such list"


found = [fault for r in package["resources"] if "schema" in r for fault in lists(r["schema"], r["name"])]
found += faults("datapackage.json", package, "package")
for resource in package["resources"]:
    found += faults("dataresource.json", resource, resource["name"])
    if "schema" in resource:
        found += faults("tableschema.json", resource["schema"], resource["name"])
if found:
    sys.exit("\n".join(found))
print(f"{len(package['resources'])} resources hold to the profiles of Data Package 2.0")
