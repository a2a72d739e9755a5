"""Reads a presentation with python-pptx and says what it holds, as JSON. Argument: the file."""

import io
import json
import sys

from PIL import Image
from pptx import Presentation
from pptx.util import Emu

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def shape_of(shape):
    said = {
        "id": shape.shape_id,
        "name": shape.name,
        "kind": str(shape.shape_type).split(" ")[0] if shape.shape_type else None,
        "placeholder": None,
        "left": Emu(shape.left).pt,
        "top": Emu(shape.top).pt,
        "right": Emu(shape.left + shape.width).pt,
        "bottom": Emu(shape.top + shape.height).pt,
        "alternative": shape._element.xpath(".//p:cNvPr")[0].get("descr"),
        "text": None,
        "table": None,
        "picture": None,
    }
    if shape.is_placeholder:
        said["placeholder"] = str(shape.placeholder_format.type).split(" ")[0]
    if shape.has_text_frame:
        said["text"] = [paragraph.text for paragraph in shape.text_frame.paragraphs]
    if shape.has_table:
        table = shape.table
        said["table"] = {
            "first_row": table.first_row,
            "first_column": table.first_col,
            "rows": [[cell.text for cell in row.cells] for row in table.rows],
            "widths": sum(Emu(column.width).pt for column in table.columns),
            "heights": sum(Emu(row.height).pt for row in table.rows),
            "fills": [
                [fill.get("val") for fill in row._tr.iterfind(f"{A}tc/{A}tcPr/{A}solidFill/{A}srgbClr")]
                for row in table.rows
            ],
        }
    if hasattr(shape, "image"):
        image = Image.open(io.BytesIO(shape.image.blob))
        image.load()
        said["picture"] = {"size": image.size, "format": image.format}
    return said


def main(path):
    deck = Presentation(path)
    core = deck.core_properties
    slides = []
    for slide in deck.slides:
        runs = [run for kind in ("rPr", "endParaRPr") for run in slide._element.iter(f"{A}{kind}")]
        sizes = [int(run.get("sz")) / 100 for run in runs if run.get("sz")]
        slides.append(
            {
                "layout": slide.slide_layout.name,
                "title": slide.shapes.title.text_frame.text,
                "notes": slide.has_notes_slide,
                "languages": sorted({run.get("lang") for run in runs}, key=str),
                "smallest": min(sizes) if sizes else None,
                "shapes": [shape_of(shape) for shape in slide.shapes],
            }
        )
    said = {
        "title": core.title,
        "subject": core.subject,
        "author": core.author,
        "language": core.language,
        "created": core.created.isoformat(),
        "width": Emu(deck.slide_width).pt,
        "height": Emu(deck.slide_height).pt,
        "slides": slides,
    }
    print(json.dumps(said))


main(sys.argv[1])
