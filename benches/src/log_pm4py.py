"""The same work with pm4py: a table or a XES file to directly-follows, times on arcs, and variants."""

import json
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import pandas
import pm4py

file = sys.argv[1]
begun = time.monotonic()
if file.endswith(".csv"):
    frame = pandas.read_csv(file)
    frame["Complete Timestamp"] = pandas.to_datetime(frame["Complete Timestamp"], utc=True, format="ISO8601")
    frame = pm4py.format_dataframe(
        frame, case_id="Case ID", activity_key="Activity", timestamp_key="Complete Timestamp"
    )
else:
    frame = pm4py.read_xes(file)
follows, _, _ = pm4py.discover_dfg(frame)
pm4py.discover_performance_dfg(frame)
variants = pm4py.get_variants(frame)
seconds = time.monotonic() - begun
figures = {
    "events": len(frame),
    "cases": int(frame["case:concept:name"].nunique()),
    "arcs": len(follows),
    "variants": len(variants),
    "seconds": seconds,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
}
print()
print(json.dumps(figures))
