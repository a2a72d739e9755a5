"""Reads an archive with other tools than those that wrote it, and says what is wrong; nothing when all is well.

Every JSON file is held against its schema, every CSV file is read by another reader and has as many rows as its JSON,
and the sum of the content is counted anew. Argument: the archive.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile

from jsonschema import Draft202012Validator


def main(path):
    archive = zipfile.ZipFile(path)
    wrong = []
    if archive.testzip() is not None:
        wrong.append("the archive is broken")
    names = set(archive.namelist())
    manifest = json.loads(archive.read("manifest.json"))
    schema = json.loads(archive.read("schema/manifest.json"))
    Draft202012Validator.check_schema(schema)
    wrong += [f"manifest: {e.message}" for e in Draft202012Validator(schema).iter_errors(manifest)]
    content = []
    for listed in manifest["files"]:
        name = listed["name"]
        stem = name.removesuffix(".json")
        body = archive.read(name)
        rows = json.loads(body)
        schema = json.loads(archive.read(f"schema/{name}"))
        Draft202012Validator.check_schema(schema)
        errors = Draft202012Validator(schema).iter_errors(rows)
        wrong += [f"{name}: {e.json_path} {e.message}" for e in errors]
        if len(rows) != listed["rows"]:
            wrong.append(f"{name}: {len(rows)} rows, the manifest says {listed['rows']}")
        text = archive.read(f"csv/{stem}.csv").decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
        if len(table) != len(rows) + 1:
            wrong.append(f"{stem}.csv: {len(table) - 1} rows of {len(rows)}")
        columns = schema["items"]["properties"]
        if set(table[0]) != set(columns):
            wrong.append(f"{stem}.csv: {table[0]}")
        for row, cells in zip(rows, table[1:]):
            for column, cell in zip(table[0], cells, strict=True):
                value = row[column]
                plain = "" if value is None else value
                if isinstance(plain, str) and plain != cell and "'" + plain != cell:
                    if columns[column].get("contentEncoding") != "base64":
                        wrong.append(f"{stem}.csv: {column} is {cell!r}, not {plain!r}")
        total = hashlib.sha256(body).hexdigest()
        if total != listed["sha256"]:
            wrong.append(f"{name}: another sum")
        if name.startswith("data/"):
            content.append(f"{total}  {name}\n")
    total = hashlib.sha256("".join(sorted(content, key=lambda line: line[66:])).encode()).hexdigest()
    if total != manifest["sha256"]:
        wrong.append("the sum of the content is another")
    known = {f["name"] for f in manifest["files"]}
    lost = {n for n in names if n.startswith(("data/", "access/"))} - known
    wrong += [f"{name} is not in the manifest" for name in sorted(lost)]
    for line in wrong[:50]:
        print(line)


main(sys.argv[1])
