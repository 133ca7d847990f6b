#!/usr/bin/env python3
"""usage: rule-matches.py DATA COUNT...
What RuleThroughput must find, found another way: of each COUNT of rules how many pairs of an event and a rule match, and
the sum of (place of the event * 1000003 + place of the rule) over them, modulo 2^64."""
import json, sys

folder, counts = sys.argv[1], [int(text) for text in sys.argv[2:]]
rules = json.load(open(folder + "/rules.json", encoding="utf-8"))
events = [json.loads(line) for line in open(folder + "/events.ndjson", encoding="utf-8")]
for count in counts:
    known = {}
    for place, rule in enumerate(rules[:count]):
        for city in set(rule["cities"]):
            known.setdefault((rule["type"], city), []).append((place, rule["min_influence"], rule["keyword"]))
    matches = total = 0
    for number, one in enumerate(events):
        event, profile = one["event"], one["profile"]
        for place, least, keyword in known.get((event["type"], profile["city"]), ()):
            if profile["influence"] > least and keyword in event["text"]:
                matches += 1
                total += number * 1000003 + place
    print(count, matches, total % 2**64, sep="\t")
