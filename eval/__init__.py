"""Measures the real indexer and the real service, in-process, on any folder of reports."""
