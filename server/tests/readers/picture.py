"""Reads a picture with Pillow and says what it holds, as JSON. Argument: the file."""

import json
import sys

from PIL import Image


def main(path):
    image = Image.open(path)
    image.load()
    pixels = image.convert("RGB")
    corner = pixels.getpixel((0, 0))
    counted = pixels.getcolors(maxcolors=1 << 24)
    total = image.width * image.height
    said = {
        "format": image.format,
        "size": image.size,
        "dpi": [round(density) for density in image.info["dpi"]],
        "texts": {key: str(value) for key, value in image.text.items()},
        "opaque": image.convert("RGBA").getchannel("A").getextrema()[0] == 255,
        "corner": "%02x%02x%02x" % corner,
        "colours": {"%02x%02x%02x" % colour: count / total for count, colour in counted if count > total / 2000},
    }
    print(json.dumps(said))


main(sys.argv[1])
