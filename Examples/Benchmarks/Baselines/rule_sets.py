"""The match sets of the rule workload, from its definition: counts and digests to compare with RuleThroughput.

usage: rule_sets.py DATA
Every event is tried against the rules of its type and city by plain comparison of numbers and `in` for the keyword; DuckDB
gives the pairs a second time as one join, where it is installed.
"""
import json
import sys

data = sys.argv[1]
with open(data + "/rules.json", encoding="utf-8") as file:
    all_rules = json.load(file)
with open(data + "/events.ndjson", encoding="utf-8") as file:
    events = [json.loads(line) for line in file]


def digest(pairs):
    value = count = 0
    for event, rule in pairs:
        value = (value * 1_000_003 + event * 10_007 + rule + 1) % 2**64
        count += 1
    return count, format(value, "x")


def plain(rules):
    by_fields = {}
    for number, rule in enumerate(rules):
        for city in set(rule["cities"]):
            by_fields.setdefault((rule["type"], city), []).append((rule["min_influence"], rule["keyword"], number))
    for number, entry in enumerate(events):
        event, profile = entry["event"], entry["profile"]
        for least, keyword, rule in by_fields.get((event["type"], profile["city"]), ()):
            if profile["influence"] > least and keyword in event["text"]:
                yield number, rule


def joined(rules):
    import pandas
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    ev = pandas.DataFrame(
        [(i, e["event"]["type"], e["profile"]["city"], e["profile"]["influence"], e["event"]["text"])
         for i, e in enumerate(events)], columns=["i", "type", "city", "infl", "text"])
    ru = pandas.DataFrame(
        [(i, r["type"], c, r["min_influence"], r["keyword"]) for i, r in enumerate(rules) for c in set(r["cities"])],
        columns=["rid", "type", "city", "x", "kw"])
    assert len(ev) and len(ru)
    return connection.execute(
        "select i, rid from ev join ru on ev.type = ru.type and ev.city = ru.city and ev.infl > ru.x "
        "where contains(ev.text, ru.kw) order by i, rid").fetchall()


print("source", "rules", "events", "matches", "sets", sep="\t")
for count in (100, 1_000, 10_000):
    print("plain", count, len(events), *digest(plain(all_rules[:count])), sep="\t")
    try:
        print("duckdb", count, len(events), *digest(joined(all_rules[:count])), sep="\t")
    except ImportError as error:
        print("duckdb left out:", error, file=sys.stderr)
