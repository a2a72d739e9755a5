"""Reads an Excel workbook with openpyxl and says what it holds, as JSON. Argument: the file."""

import json
import sys
import zipfile

from lxml import etree
from openpyxl import load_workbook

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"


def text_of(title):
    if title is None or title.tx is None:
        return None
    if title.tx.rich is None:
        return title.tx.strRef.f
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r or [])


def reference(source):
    if source is None:
        return None
    for kind in ("numRef", "strRef"):
        if getattr(source, kind, None) is not None:
            return getattr(source, kind).f
    return None


def series_of(series):
    across, up = series.cat, series.val
    if across is None and getattr(series, "xVal", None) is not None:
        across, up = series.xVal, series.yVal
    return {
        "name": series.tx.strRef.f if series.tx and series.tx.strRef else None,
        "categories": reference(across),
        "values": reference(up),
    }


def chart_of(chart):
    return {
        "type": type(chart).__name__,
        "bars": getattr(chart, "barDir", None) if hasattr(chart, "barDir") else None,
        "grouping": getattr(chart, "grouping", None),
        "title": text_of(chart.title),
        "series": [series_of(series) for series in chart.series],
    }


def colour_of(colour):
    return colour.rgb if colour is not None and colour.type == "rgb" else None


def cell_of(cell):
    return {
        "value": cell.value,
        "type": cell.data_type,
        "format": cell.number_format,
        "fill": colour_of(cell.fill.fgColor) if cell.fill.fill_type else None,
        "ink": colour_of(cell.font.color),
        "bold": bool(cell.font.b),
    }


def main(path):
    book = load_workbook(path)
    package = zipfile.ZipFile(path)
    alternatives = []
    for name in sorted(package.namelist()):
        if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
            found = etree.fromstring(package.read(name)).iter(DRAWING)
            alternatives += [shape.get("descr") for shape in found]
    sheets = [
        {
            "name": sheet.title,
            "frozen": sheet.freeze_panes,
            "header": sheet.oddHeader.left.text,
            "mark": sheet.oddHeader.right.text,
            "repeated": sheet.print_title_rows,
            "links": len(sheet._hyperlinks),
            "cells": [[cell_of(cell) for cell in row] for row in sheet.iter_rows()],
            "charts": [chart_of(chart) for chart in sheet._charts],
        }
        for sheet in book.worksheets
    ]
    properties = book.properties
    said = {
        "title": properties.title,
        "subject": properties.subject,
        "creator": properties.creator,
        "created": properties.created.isoformat(),
        "language": book.custom_doc_props["Language"].value,
        "sheets": sheets,
        "alternatives": alternatives,
    }
    print(json.dumps(said))


main(sys.argv[1])
