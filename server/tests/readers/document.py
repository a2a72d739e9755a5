"""Reads a PDF with pikepdf and says what its structure holds, as JSON, with every fault against PDF/UA-1 that can be
seen from outside. Argument: the file."""

import json
import re
import sys

import pikepdf

PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI"}


def children(node):
    """The structure elements and marked contents under a node, in reading order."""
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def attribute(node, name):
    """An attribute of an element, wherever its dictionaries say it."""
    attributes = node.get("/A")
    if attributes is None:
        return None
    each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    found = [entry.get(name) for entry in each if isinstance(entry, pikepdf.Dictionary)]
    return next((value for value in found if value is not None), None)


class Document:
    def __init__(self, pdf):
        self.pdf = pdf
        self.faults = []
        self.elements = []
        self.figures = []
        self.tables = []
        self.marked = set()
        tree = pdf.Root.get("/StructTreeRoot")
        if tree is None:
            self.faults.append("no structure tree")
            return
        self.roles = {str(name): str(role) for name, role in tree.get("/RoleMap", {}).items()}
        for child in children(tree):
            self.element(child, None, None)

    def element(self, node, page, table):
        if not isinstance(node, pikepdf.Dictionary):
            self.marked.add((page, int(node)))
            return
        page = node["/Pg"].objgen if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            self.marked.add((page, int(node["/MCID"])))
            return
        if node.get("/Type") == "/OBJR":
            return
        kind = str(node["/S"])
        kind = self.roles.get(kind, kind).lstrip("/")
        self.elements.append(kind)
        if kind == "Table":
            table = {"rows": 0, "Column": 0, "Row": 0, "cells": 0}
            self.tables.append(table)
        if kind == "Figure":
            alt = str(node.get("/Alt", ""))
            self.figures.append(alt)
            if not alt:
                self.faults.append("a figure without alternative text")
        if kind == "TR":
            table["rows"] += 1
        if kind == "TH":
            scope = str(attribute(node, "/Scope")).lstrip("/")
            if scope not in ("Row", "Column"):
                self.faults.append(f"a header cell of scope {scope}")
            else:
                table[scope] += 1
        if kind == "TD":
            table["cells"] += 1
        for child in children(node):
            self.element(child, page, table)

    def catalogue(self):
        root = self.pdf.Root
        if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
            self.faults.append("not said to be marked")
        if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            self.faults.append("the title is not shown")
        with self.pdf.open_metadata() as metadata:
            self.part = str(metadata.get("pdfuaid:part", ""))
            self.title = str(metadata.get("dc:title", ""))
        self.language = str(root.get("/Lang", ""))

    def headings(self):
        last = 0
        for kind in self.elements:
            if re.fullmatch("H[1-6]", kind):
                level = int(kind[1])
                if level > last + 1:
                    self.faults.append(f"{kind} after H{last}")
                last = level

    def content(self):
        """All that is painted is marked: as an artifact, or as what the structure tells of."""
        for number, page in enumerate(self.pdf.pages, 1):
            open_marks = []
            for operands, operator in pikepdf.parse_content_stream(page):
                operator = str(operator)
                if operator == "BMC":
                    open_marks.append(str(operands[0]) == "/Artifact")
                elif operator == "BDC":
                    properties = operands[1]
                    identity = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                    told = identity is not None and (page.objgen, int(identity)) in self.marked
                    if identity is not None and not told:
                        self.faults.append(f"page {number}: content {identity} is not told of")
                    open_marks.append(str(operands[0]) == "/Artifact" or told)
                elif operator == "EMC":
                    open_marks.pop()
                elif operator in PAINTING and not any(open_marks):
                    self.faults.append(f"page {number}: {operator} is not marked")
            if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
                self.faults.append(f"page {number}: its links are not in the order of the structure")

    def fonts(self):
        for thing in self.pdf.objects:
            if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
                continue
            if thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
                self.faults.append("a font that cannot be read as text")
            descriptor = thing.get("/FontDescriptor")
            if descriptor is not None and not any(key.startswith("/FontFile") for key in descriptor.keys()):
                self.faults.append("a font that is not embedded")

    def bookmarks(self):
        with self.pdf.open_outline() as outline:
            return [[item.title, [child.title for child in item.children]] for item in outline.root]


def main(path):
    with pikepdf.open(path) as pdf:
        document = Document(pdf)
        document.catalogue()
        document.headings()
        document.content()
        document.fonts()
        said = {
            "faults": sorted(set(document.faults)),
            "part": document.part,
            "title": document.title,
            "language": document.language,
            "elements": document.elements,
            "figures": document.figures,
            "tables": document.tables,
            "bookmarks": document.bookmarks(),
        }
    print(json.dumps(said))


main(sys.argv[1])
