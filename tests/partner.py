"""A partner as optout-partner(5) asks it to be, for partner.sh: takes a list, keeps what it says, looks for its own addresses.

partner.py STATE KEYS take LIST: put LIST, CSV or JSON Lines, upon STATE; says what is wrong and ends with 1 when it may not
partner.py STATE KEYS ask ADDRESS...: for each address, what it is stopped of: "ann@example.org: * -news", "bob@example.org: nothing"
"""
import csv
import hashlib
import hmac
import json
import sys


def read(path):
    """First line, entries and last line, the same for both forms."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.read().splitlines()
    if lines[0].startswith("{"):
        lines = [json.loads(line) for line in lines]
        return lines[0], lines[1:-1], lines[-1]
    entries = list(csv.DictReader(lines[1:-1]))
    for entry in entries:
        entry.update(scope=entry["scope"].split(), **{"except": entry["except"].split(), "mark": entry["mark"] or None})
    return json.loads(lines[0].removeprefix("# ")), entries, json.loads(lines[-1].removeprefix("# "))


def take(state, path):
    try:
        first, entries, last = read(path)
    except (ValueError, IndexError, KeyError):
        return "cannot be read"
    if last != {"end": True, "entries": len(entries)}:
        return "is not whole"
    if (first["format"], first["version"]) != ("optout-partner", 1):
        return "is something else"
    if first["kind"] == "full":
        state["stopped"] = {}
    elif first["since_seq"] > state["upto_seq"]:
        return "leaves a gap"
    for entry in entries:
        state["stopped"].pop(entry["hash"], None)
        if entry["action"] == "add":
            state["stopped"][entry["hash"]] = entry
    state["upto_seq"] = first["upto_seq"]
    return None


def ask(state, keys, address):
    for key in keys:
        found = state["stopped"].get(hmac.new(key, address.encode(), hashlib.sha256).hexdigest())
        if found:
            words = found["scope"] + ["-" + name for name in found["except"]]
            return " ".join(words + ([found["mark"]] if found["mark"] else []))
    return "nothing"


def main(state_file, key_file, verb, *words):
    with open(key_file, encoding="ascii") as file:
        keys = [bytes.fromhex(line) for line in file]
    try:
        with open(state_file, encoding="utf-8") as file:
            state = json.load(file)
    except FileNotFoundError:
        state = {"stopped": {}, "upto_seq": 0}
    if verb == "ask":
        for address in words:
            print(f"{address}: {ask(state, keys, address)}")
        return 0
    wrong = take(state, words[0])
    if wrong:
        print(wrong)
        return 1
    with open(state_file, "w", encoding="utf-8") as file:
        json.dump(state, file)
    return 0


sys.exit(main(*sys.argv[1:]))
