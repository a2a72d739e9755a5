"""Reads a catalogue of open data from standard input with rdflib, and says what of DCAT-AP-SE's mandatory
properties it lacks."""

import json
import sys

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Namespace, URIRef

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

graph = Graph()
graph.parse(data=sys.stdin.buffer.read(), format="xml")
problems = []


def must(kind, properties):
    """Every thing of a kind has these properties, each once unless it may be repeated."""
    things = list(graph.subjects(RDF.type, kind))
    for thing in things:
        if not isinstance(thing, URIRef):
            problems.append(f"{kind} has no address")
        for name in properties:
            if graph.value(thing, name, any=True) is None:
                problems.append(f"{thing} lacks {name}")
    return things


def is_a(thing, name, kind):
    """What a property points at is described in the same file."""
    for other in graph.objects(thing, name):
        if (other, RDF.type, kind) not in graph:
            problems.append(f"{other} of {thing} is no {kind}")


catalogues = must(DCAT.Catalog, [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license])
if len(catalogues) != 1:
    problems.append(f"{len(catalogues)} catalogues")
datasets = must(
    DCAT.Dataset,
    [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.theme,
        DCAT.distribution,
        DCTERMS.temporal,
        DCTERMS.spatial,
        DCTERMS.language,
        DCTERMS.accessRights,
    ],
)
distributions = must(DCAT.Distribution, [DCAT.accessURL, DCAT.downloadURL, DCTERMS.license, DCTERMS["format"]])
agents = must(FOAF.Agent, [FOAF.name])
contacts = must(VCARD.Organization, [VCARD.fn])
for contact in contacts:
    if graph.value(contact, VCARD.hasEmail) is None and graph.value(contact, VCARD.hasURL) is None:
        problems.append(f"{contact} cannot be reached")
for thing in catalogues + datasets:
    is_a(thing, DCTERMS.publisher, FOAF.Agent)
    is_a(thing, DCAT.dataset, DCAT.Dataset)
    is_a(thing, DCAT.distribution, DCAT.Distribution)
    is_a(thing, DCAT.contactPoint, VCARD.Organization)
for dataset in datasets:
    if (catalogues[0], DCAT.dataset, dataset) not in graph:
        problems.append(f"{dataset} is not in the catalogue")
for thing in catalogues + datasets:
    for name in (DCTERMS.title, DCTERMS.description):
        if all(words.language != "sv" for words in graph.objects(thing, name)):
            problems.append(f"{name} of {thing} is not in Swedish")

print(
    json.dumps(
        {
            "problems": problems,
            "datasets": len(datasets),
            "distributions": len(distributions),
            "publisher": str(graph.value(agents[0], FOAF.name)) if agents else "",
            "downloads": sorted(str(link) for link in graph.objects(None, DCAT.downloadURL)),
        }
    )
)
