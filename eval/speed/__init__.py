"""How fast and how large the real indexer and the real service are on a folder of reports: `python -m eval.speed`."""
