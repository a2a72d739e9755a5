"""Makes borders.txt of a GeoJSON file with the municipalities of Sweden (SWEREF 99 TM, metres).

    python3 compact.py kommuner.geojson > borders.txt

A border between two municipalities is written once, as an arc, so that neighbours can be simplified without gaps
between them. Coordinates are in hundreds of metres. See README.md for the format.
"""

import json
import sys
from collections import defaultdict

UNIT = 100


def rings_of(feature):
    for polygon in feature["geometry"]["coordinates"]:
        for ring in polygon:
            points = []
            for x, y in ring:
                point = (round(x / UNIT), round(y / UNIT))
                if not points or points[-1] != point:
                    points.append(point)
            if points[0] != points[-1]:
                points.append(points[0])
            if len(points) >= 4:
                yield points[:-1]


def main(path):
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    places = sorted((f["properties"]["kommunkod"], list(rings_of(f))) for f in features)

    # A point where the neighbours differ between rings is where arcs begin and end.
    around = defaultdict(set)
    visits = defaultdict(int)
    for _, rings in places:
        for ring in rings:
            for index, point in enumerate(ring):
                around[point] |= {ring[index - 1], ring[(index + 1) % len(ring)]}
                visits[point] += 1
    ends = {point for point in around if len(around[point]) > 2}
    # Where the coast begins, a border that two share turns into one that nobody shares.
    sides = defaultdict(int)
    for _, rings in places:
        for ring in rings:
            for index, point in enumerate(ring):
                sides[frozenset((ring[index - 1], point))] += 1
    for point, near in around.items():
        if len({sides[frozenset((point, other))] for other in near}) > 1:
            ends.add(point)

    numbers, lines, shapes = {}, [], []
    for code, rings in places:
        refs = []
        for ring in rings:
            start = next((i for i, point in enumerate(ring) if point in ends), None)
            if start is None:
                start = ring.index(min(ring))
            ring = ring[start:] + ring[:start] + [ring[start]]
            cuts = [i for i, point in enumerate(ring) if point in ends or i in (0, len(ring) - 1)]
            arcs = []
            for first, last in zip(cuts, cuts[1:]):
                arc = tuple(ring[first : last + 1])
                back = arc[::-1]
                if back in numbers:
                    arcs.append(-numbers[back])
                    continue
                if arc not in numbers:
                    numbers[arc] = len(numbers) + 1
                    steps = [arc[0]] + [
                        (b[0] - a[0], b[1] - a[1]) for a, b in zip(arc, arc[1:])
                    ]
                    lines.append("arc " + " ".join(f"{x} {y}" for x, y in steps))
                arcs.append(numbers[arc])
            # A border that is walked out and back at once encloses nothing.
            while len(arcs) > 1 and arcs[0] == -arcs[-1]:
                arcs = arcs[1:-1]
            refs.append(" ".join(map(str, arcs)))
        shapes.append(f"{code} " + " / ".join(refs))
    print("\n".join(lines + shapes))


main(sys.argv[1])
