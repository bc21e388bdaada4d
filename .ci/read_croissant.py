"""Reads every record set of a Croissant descriptor: read_croissant.py CROISSANT.json"""
import itertools
import sys

import mlcroissant

dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
for record_set in dataset.metadata.record_sets:
    records = list(itertools.islice(dataset.records(record_set.uuid), 3))
    print(f"{record_set.uuid}: {len(records)} records read")
