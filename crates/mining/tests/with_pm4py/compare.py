"""What pm4py makes of our files, as JSON on standard output. Called by tests/pm4py.rs; see there.

    compare.py stats LOG            cases, events, variants, directly-follows, starts, ends
    compare.py align LOG NET        cost of an optimal alignment for each case, and the mean fitness
    compare.py replay LOG NET       fitness by token replay
    compare.py objects LOG [OUT]... what an object-centric log says; written again to each OUT
"""

import json
import re
import sys
import warnings

warnings.filterwarnings("ignore")

import pandas
import pm4py

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


def read(path):
    if path.endswith(".csv") or path.endswith(".csv.gz"):
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        frame[TIME] = pandas.to_datetime(frame[TIME], utc=True, format="ISO8601")
        return pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    return pm4py.read_xes(path)


def stats(path):
    frame = read(path)
    follows, starts, ends = pm4py.discover_dfg(frame)
    variants = pm4py.get_variants(frame)
    return {
        "cases": int(frame[CASE].nunique()),
        "events": len(frame),
        "variants": sorted([list(steps), int(count)] for steps, count in variants.items()),
        "follows": sorted([one, other, int(count)] for (one, other), count in follows.items()),
        "starts": sorted([name, int(count)] for name, count in starts.items()),
        "ends": sorted([name, int(count)] for name, count in ends.items()),
        "times": sorted(int(time.timestamp() * 1000) for time in frame[TIME] if not pandas.isnull(time)),
        "resources": sorted(str(who) for who in frame["org:resource"] if not pandas.isnull(who) and who != "")
        if "org:resource" in frame.columns
        else [],
    }


def align(path, net):
    # As a log of traces: the answers come in the order of the file.
    log = pm4py.convert_to_event_log(read(path))
    net, initial, final = pm4py.read_pnml(net)
    found = pm4py.conformance_diagnostics_alignments(log, net, initial, final)
    # pm4py counts 10,000 for a move that costs 1 for us, and 1 for a silent one.
    costs = {trace.attributes["concept:name"]: one["cost"] // 10000 for trace, one in zip(log, found)}
    fitness = pm4py.fitness_alignments(log, net, initial, final)
    return {"costs": costs, "fitness": fitness["average_trace_fitness"]}


def replay(path, net):
    net, initial, final = pm4py.read_pnml(net)
    return {"fitness": pm4py.fitness_token_based_replay(read(path), net, initial, final)["log_fitness"]}


def value(value):
    if isinstance(value, pandas.Timestamp):
        return str(int(value.timestamp() * 1000))
    # pm4py writes truth as True in text, and as 1 in a database.
    if str(value) in ("True", "False", "true", "false"):
        return "1.0" if str(value).lower() == "true" else "0.0"
    # A column of whole numbers with gaps is one of decimal numbers for pandas; from XML they are text, and so are times.
    try:
        return repr(float(value))
    except ValueError:
        pass
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", str(value)):
        return str(int(pandas.Timestamp(value).timestamp() * 1000))
    return str(value)


def full(row, without):
    return sorted([key, value(one)] for key, one in row.items() if key not in without and not pandas.isnull(one))


def objects(path, *outs):
    if path.endswith(".sqlite"):
        ocel = pm4py.read_ocel2_sqlite(path)
    elif path.endswith(".xmlocel"):
        ocel = pm4py.read_ocel2_xml(path)
    else:
        ocel = pm4py.read_ocel2_json(path)
    for out in outs:
        if out.endswith(".sqlite"):
            pm4py.write_ocel2_sqlite(ocel, out)
        elif out.endswith(".xmlocel"):
            pm4py.write_ocel2_xml(ocel, out)
        else:
            pm4py.write_ocel2_json(ocel, out)
    events = []
    for row in ocel.events.to_dict("records"):
        time = int(row["ocel:timestamp"].timestamp() * 1000)
        rest = full(row, {"ocel:eid", "ocel:activity", "ocel:timestamp"})
        events.append([row["ocel:eid"], row["ocel:activity"], time, rest])
    things = []
    for row in ocel.objects.to_dict("records"):
        things.append([row["ocel:oid"], row["ocel:type"], full(row, {"ocel:oid", "ocel:type"})])
    changes = []
    for row in ocel.object_changes.to_dict("records"):
        changed = row["ocel:field"]
        time = int(row["ocel:timestamp"].timestamp() * 1000)
        changes.append([row["ocel:oid"], changed, time, value(row[changed])])
    relations = ocel.relations[["ocel:eid", "ocel:oid", "ocel:qualifier"]].values.tolist()
    between = ocel.o2o[["ocel:oid", "ocel:oid_2", "ocel:qualifier"]].values.tolist()
    return {
        "events": sorted(events),
        "objects": sorted(things),
        "changes": sorted(changes),
        "relations": sorted(relations),
        "between": sorted(between),
    }


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    json.dump({"stats": stats, "align": align, "replay": replay, "objects": objects}[command](*rest), sys.stdout)
