"""Reads a CSV file with Python's strict reader and says what it holds, as JSON. Argument: the file."""

import csv
import json
import sys


def main(path):
    with open(path, encoding="utf-8", newline="") as file:
        print(json.dumps(list(csv.reader(file, dialect="excel", strict=True))))


main(sys.argv[1])
